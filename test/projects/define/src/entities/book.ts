import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { Author } from './author.ts';

/** Without a class of its own. */
export const Book = defineEntity({
  name: 'Book',
  properties: {
    id: p.integer().primary(),
    title: p.string(),
    author: () => p.manyToOne(Author).nullable(),
  },
});

export type Book = InferEntity<typeof Book>;
