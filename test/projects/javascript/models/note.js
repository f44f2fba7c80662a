import { EntitySchema } from '@mikro-orm/core';

export class Note {
  constructor(text) {
    this.text = text;
  }
}

export const NoteSchema = new EntitySchema({
  class: Note,
  properties: {
    id: { type: 'integer', primary: true },
    text: { type: 'string' },
    tags: { kind: 'm:n', entity: () => Tag },
  },
});

export const Tag = new EntitySchema({
  name: 'Tag',
  properties: {
    id: { type: 'integer', primary: true },
    word: { type: 'string', unique: true },
  },
});
