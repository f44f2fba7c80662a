import { defineEntity, p } from '@mikro-orm/core';

/** A view: rows without a table. */
export const Titles = defineEntity({
  name: 'Titles',
  expression: 'select title, length(title) as size from book',
  properties: {
    title: p.string(),
    size: p.integer(),
  },
});
