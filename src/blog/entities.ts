import { Collection, rel } from '@mikro-orm/core';
import { Unfit } from '../entity/values/kind.ts';
import { integers } from '../entity/values/number-kinds.ts';
import { invalidValue } from '../entity/values/values.ts';
import { assertFields, assignFields } from '../entity/properties.ts';
import { ownerOf } from '../mikro-orm/entity-state.ts';

/** The database says how large they may be. */
const keys = integers(64, false);

const USER_FIELDS = ['id', 'username', 'email', 'password', 'posts'] as const;
const POST_FIELDS = ['id', 'title', 'content', 'datePosted', 'userId', 'author'] as const;

/**
 * An author of the demo blog.
 *
 * @example
 * const user = new User({ username: 'Corey', email: 'c@demo.com', password: 'password' });
 * String(user); // "User('Corey', 'c@demo.com')"
 *
 * @throws MikroscopeError `UnknownProperty` for a field that a user does not have, `BadArgument` for no object of fields
 */
export class User {
  declare id: number;
  declare username: string;
  declare email: string;
  declare password: string;
  declare posts: Collection<Post>;

  constructor(
    fields: Partial<Pick<User, 'id' | 'username' | 'email' | 'password'>> & { posts?: Iterable<Post> } = {},
  ) {
    assertFields('User', fields, USER_FIELDS);
    this.posts = new Collection<Post>(this);
    const { posts, ...own } = fields;
    assignFields(this, own, USER_FIELDS);
    if (posts !== undefined) this.posts.add([...posts]);
  }

  /** Never shows the password. */
  toString(): string {
    return `User(${quoted(this.username)}, ${quoted(this.email)})`;
  }
}

/**
 * A post of the demo blog. `author` and `userId` are two views of the same column.
 *
 * @example
 * const post = new Post({ title: 'Blog 1', content: 'First post content', userId: 1 });
 * post.author; // the user whose id is 1
 *
 * @throws MikroscopeError `UnknownProperty` for a field that a post does not have, `BadArgument` for no object of fields,
 * `InvalidValue` for a `userId` that is no integer
 */
export class Post {
  declare id: number;
  declare title: string;
  declare content: string;
  declare datePosted: Date;
  declare author: User | null;

  constructor(
    fields: Partial<Pick<Post, 'id' | 'title' | 'content' | 'datePosted' | 'author' | 'userId'>> = {},
  ) {
    assertFields('Post', fields, POST_FIELDS);
    this.datePosted = new Date();
    assignFields(this, fields, POST_FIELDS);
  }

  get userId(): number | null | undefined {
    // Undefined until it is set.
    const author: User | null | undefined = this.author;
    return author == null ? author : author.id;
  }

  set userId(given: number | null | undefined) {
    const id = given == null ? given : readKey(given);
    if (id === this.userId) return;
    if (id == null) {
      this.author = null;
      return;
    }
    // A post in a session gets that session's user at once; the user of a new post is found when the post is added.
    const author: User | null | undefined = this.author;
    const em = ownerOf(this) ?? (author == null ? undefined : ownerOf(author));
    this.author = em === undefined ? rel(User, id) : em.getReference(User, id);
  }

  /** Shows the date in UTC, so that it reads the same on every machine. */
  toString(): string {
    return `Post(${quoted(this.title)}, '${this.datePosted.toISOString().slice(0, 19).replace('T', ' ')}')`;
  }
}

/** A key may be typed as a text, as everywhere. */
function readKey(given: unknown): number {
  const id = keys.read(given);
  if (id instanceof Unfit) throw invalidValue('Post.userId', keys.label, id);
  return id as number;
}

/** A text in quotes, and what is not set without. */
function quoted(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}
