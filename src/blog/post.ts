import { helper, rel } from '@mikro-orm/core';
import { assignFields } from '../entity/properties.ts';
import { User } from './user.ts';

const FIELDS = ['id', 'title', 'content', 'datePosted', 'userId', 'author'] as const;

/**
 * A post of the demo blog. `author` and `userId` are two views of the same column.
 *
 * @example
 * const post = new Post({ title: 'Blog 1', content: 'First post content', userId: 1 });
 * post.author; // the user with the id 1
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
    this.datePosted = new Date();
    assignFields(this, fields, FIELDS);
  }

  get userId(): number | null | undefined {
    // Undefined as long as nobody has set it.
    const author: User | null | undefined = this.author;
    return author == null ? author : author.id;
  }

  set userId(id: number | null | undefined) {
    if (id === this.userId) return;
    if (id == null) {
      this.author = null;
      return;
    }
    // A post that a session manages gets the session's own user; for others the session finds it later.
    const author: User | null | undefined = this.author;
    const em = helper(this).__em ?? (author == null ? undefined : helper(author).__em);
    this.author = em === undefined ? rel(User, id) : em.getReference(User, id);
  }

  /** The date is shown in UTC, so that it reads the same on every machine. */
  toString(): string {
    return `Post('${this.title}', '${this.datePosted.toISOString().slice(0, 19).replace('T', ' ')}')`;
  }
}
