import { Collection } from '@mikro-orm/core';
import { assignFields } from '../entity/properties.ts';
import type { Post } from './post.ts';

const FIELDS = ['id', 'username', 'email', 'password', 'posts'] as const;

/**
 * An author of the demo blog.
 *
 * @example
 * const user = new User({ username: 'Corey', email: 'c@demo.com', password: 'password' });
 * String(user); // "User('Corey', 'c@demo.com')"
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
    this.posts = new Collection<Post>(this);
    const { posts, ...own } = fields;
    assignFields(this, own, FIELDS);
    if (posts !== undefined) this.posts.add([...posts]);
  }

  /** Never shows the password. */
  toString(): string {
    return `User('${this.username}', '${this.email}')`;
  }
}
