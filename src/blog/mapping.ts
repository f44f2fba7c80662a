import { defineEntity, p } from '@mikro-orm/core';
import { Post, User } from './entities.ts';

const userSchema = defineEntity({
  name: 'User',
  properties: {
    id: p.integer().primary(),
    username: p.string().length(20).unique(),
    email: p.string().length(120).unique(),
    password: p.string().length(60).hidden(),
    posts: () => p.oneToMany(Post).mappedBy('author'),
  },
});
userSchema.setClass(User);

const postSchema = defineEntity({
  name: 'Post',
  properties: {
    id: p.integer().primary(),
    title: p.string().length(100),
    content: p.text(),
    datePosted: p.datetime(),
    // Nullable, so that a post can be taken out of its author's posts.
    author: () => p.manyToOne(User).fieldName('user_id').nullable(),
    // Read and written through the accessor of the class, queried through the column.
    userId: p.integer().persist(false).fieldName('user_id').hydrate(false).nullable(),
  },
});
postSchema.setClass(Post);

/** The entities of the demo blog, mapped for MikroORM. */
export const blog = [User, Post] as const;
