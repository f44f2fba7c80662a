import { expect } from '@jest/globals';
import type { EntityManager } from '@mikro-orm/core';
import type { Session } from '../show.ts';
import { Entry, type entityEvents, type Note, Shelf } from './notebook.ts';

/** What the rows are to be: of each note what it is marked with and its shelf, and how many entries there are. */
export interface Rows {
  notes: Record<string, string>;
  entries: number;
}

export interface World {
  readonly session: Session;
  /** The note to which it happens. */
  readonly target: Note;
  readonly others: readonly [other: Note, unwanted: Note, shelf: Shelf, otherShelf: Shelf];
  readonly happen: () => unknown;
  /** Runs something that the hook may keep from being done once. */
  readonly attempt: (work: () => Promise<unknown>) => Promise<void>;
  /** The hook is to do again what it did. */
  readonly again: () => void;
}

export interface Effect {
  readonly run: (world: World, target: Note, em: EntityManager) => unknown;
  readonly rows?: (rows: Rows, target: string) => void;
  readonly throws?: true;
  /** It writes by itself, where no transaction is open yet. */
  readonly writes?: true;
}

const marked = (rows: Rows, name: string, mark = 'hook') => {
  if (rows.notes[name] !== undefined) rows.notes[name] = rows.notes[name].replace('-', mark);
};
export const failure = new RangeError('in a hook');

/** What a hook does. */
export const effects: Readonly<Record<string, Effect>> = {
  'marks what it is called for': {
    run: (_, target) => (target.mark = 'hook'),
    rows: marked,
  },
  'waits, and marks what it is called for': {
    run: async (_, target) => {
      await Promise.resolve();
      target.mark = 'hook';
    },
    rows: marked,
  },
  'adds to the mark of what it is called for': {
    run: (_, target) => (target.mark = `${target.mark ?? ''}+`),
    rows: (rows, name) => marked(rows, name, '+'),
  },
  'marks another': {
    run: ({ others: [other] }) => (other.mark = 'hook'),
    rows: rows => marked(rows, 'other'),
  },
  'moves another': {
    run: ({ others: [other, , , shelf] }) => (other.shelf = shelf),
    rows: rows => (rows.notes['other'] = '- second'),
  },
  'moves another by a list': {
    run: ({ others: [other, , , shelf] }) => shelf.notes.add(other),
    rows: rows => (rows.notes['other'] = '- second'),
  },
  'takes another out of a list': {
    run: ({ others: [other, , shelf] }) => shelf.notes.remove(other),
    rows: rows => (rows.notes['other'] = '- none'),
  },
  'adds an entry': { run: (_, __, em) => em.persist(new Entry('new')), rows: rows => rows.entries++ },
  'creates an entry': { run: (_, __, em) => em.create(Entry, { text: 'new' }), rows: rows => rows.entries++ },
  'inserts an entry': {
    run: (_, __, em) => em.insert(Entry, { text: 'new' }),
    rows: rows => rows.entries++,
    writes: true,
  },
  'removes another': {
    run: ({ others: [, unwanted] }, _, em) => em.remove(unwanted),
    rows: rows => delete rows.notes['unwanted'],
  },
  reads: {
    run: async (_, __, em) => expect(await em.find(Shelf, {})).toHaveLength(2),
  },
  throws: {
    run: () => {
      throw failure;
    },
    throws: true,
  },
  'waits, and throws': { run: () => Promise.reject(failure), throws: true },
};

export interface Operation {
  readonly run: (session: Session, target: Note) => unknown;
  readonly rows: (rows: Rows) => void;
}

/** What is done to the target. */
export const operations: Readonly<Record<keyof typeof entityEvents, Operation>> = {
  add: { run: (session, target) => session.add(target), rows: rows => (rows.notes['target'] = '- none') },
  change: { run: (_, target) => (target.text = 'changed'), rows: () => {} },
  remove: { run: (session, target) => session.remove(target), rows: rows => delete rows.notes['target'] },
};
