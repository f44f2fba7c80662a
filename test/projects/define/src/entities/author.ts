import { defineEntity, p } from '@mikro-orm/core';
import { Book } from './book.ts';

const AuthorSchema = defineEntity({
  name: 'Author',
  properties: {
    id: p.integer().primary(),
    name: p.string(),
    books: () => p.oneToMany(Book).mappedBy('author'),
  },
});

export class Author extends AuthorSchema.class {
  toString(): string {
    return `Author ${this.name}`;
  }
}

AuthorSchema.setClass(Author);
