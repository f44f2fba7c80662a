import { expect } from '@jest/globals';
import { ChangeSetType, type EntityManager } from '@mikro-orm/core';
import type { Session } from '../show.ts';
import { Entry, type entityEvents, type Label, type Note, Place, Shelf, type Tag } from './notebook.ts';

/** What the rows are to be: of each note what it is marked with, its shelf, and what else is not as in a new one. */
export interface Rows {
  notes: Record<string, string>;
  /** How many there are. */
  entries: number;
  labels: number;
}

export interface World {
  readonly session: Session;
  /** The note to which it happens. */
  readonly target: Note;
  readonly others: readonly [other: Note, unwanted: Note, shelf: Shelf, otherShelf: Shelf];
  /** Of the first shelf. */
  readonly label: Label;
  /** That of the other note, and one without notes. */
  readonly tags: readonly [tag: Tag, free: Tag];
  /** Changed together with the target: the one before it, and the other after it. */
  readonly both: readonly [Note, Note];
  readonly happen: () => unknown;
  /** Runs something that the hook may keep from being done once. */
  readonly attempt: (work: () => Promise<unknown>) => Promise<void>;
  /** The hook is to do again what it did. */
  readonly again: () => void;
  /** It is to do nothing from now on. */
  readonly never: () => void;
}

export interface Effect {
  readonly run: (world: World, target: Note, em: EntityManager) => unknown;
  readonly rows?: (rows: Rows, target: string) => void;
  readonly throws?: true;
  /** It writes by itself, where no transaction is open yet. */
  readonly writes?: true;
  /** It would bring back what is removed. */
  readonly isNoRemoval?: true;
  /** The only event and operation that it is for. */
  readonly only?: readonly [event: string, operation: string];
}

const marked = (rows: Rows, name: string, mark = 'hook') => {
  if (rows.notes[name] !== undefined) rows.notes[name] = rows.notes[name].replace('-', mark);
};
/** @param part what of a new note is changed, as {@link detailsOf} has it */
const has = (part: string) => (rows: Rows, name: string) => {
  if (rows.notes[name] !== undefined) rows.notes[name] += ` ${part}`;
};
const uow = (em: EntityManager) => em.getUnitOfWork();

/** What is not as in a new note. */
export function detailsOf({ tags, data, at, bytes, home, past, more }: Note): string {
  const details = [
    ...tags.getItems(false).map(({ name }) => `#${name}`),
    ...data.words,
    at.getUTCFullYear() === 2020 ? '' : String(at.getUTCFullYear()),
    bytes[0] === 1 ? '' : `byte ${bytes[0]}`,
    home.city === 'Rome' ? '' : home.city,
    more?.unwrap() ?? '',
    ...past.map(({ city }) => `once ${city}`),
  ];
  return details.map(one => one && ` ${one}`).join('');
}

const moved = (rows: Rows, shelf: string) =>
  (rows.notes['other'] = (rows.notes['other'] as string).replace('first', shelf));

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
  'marks those that are changed, too': {
    run: ({ both }) => both.forEach(note => (note.mark = 'hook')),
    rows: rows => ['before', 'after'].forEach(name => marked(rows, name)),
  },
  'sets anew what is changed of others': {
    run: ({ both }) => both.forEach(note => (note.data = { words: [...note.data.words, 'word'] })),
    rows: rows => ['before', 'after'].forEach(name => has('word')(rows, name)),
  },
  'marks what it keeps from being removed': {
    run: ({ target }, _, em) => {
      target.mark = 'hook';
      uow(em).computeChangeSet(target, ChangeSetType.UPDATE);
    },
    rows: rows => (rows.notes['target'] = 'hook none #tag'),
    only: ['onFlush', 'remove'],
  },
  'moves another': {
    run: ({ others: [other, , , shelf] }) => (other.shelf = shelf),
    rows: rows => moved(rows, 'second'),
  },
  'moves another by a list': {
    run: ({ others: [other, , , shelf] }) => shelf.notes.add(other),
    rows: rows => moved(rows, 'second'),
  },
  'takes another out of a list': {
    run: ({ others: [other, , shelf] }) => shelf.notes.remove(other),
    rows: rows => moved(rows, 'none'),
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
  'changes JSON in place': { run: (_, target) => target.data.words.push('word'), rows: has('word') },
  'changes a date in place': { run: (_, target) => target.at.setUTCFullYear(2030), rows: has('2030') },
  'changes bytes in place': { run: (_, target) => (target.bytes[0] = 7), rows: has('byte 7') },
  'changes an embedded object in place': {
    run: (_, target) => (target.home.city = 'Oslo'),
    rows: has('Oslo'),
  },
  'changes a list of embedded objects in place': {
    run: (_, target) => target.past.push(new Place('Bonn')),
    rows: has('once Bonn'),
  },
  'sets what a reference holds': {
    run: ({ others: [other] }) => other.more.set('more'),
    rows: rows => has('more')(rows, 'other'),
  },
  'changes JSON of another in place': {
    run: ({ others: [other] }) => other.data.words.push('word'),
    rows: rows => has('word')(rows, 'other'),
  },
  'takes all tags of what it is called for': {
    run: (_, target) => target.tags.removeAll(),
    rows: (rows, name) => {
      if (rows.notes[name] !== undefined) rows.notes[name] = rows.notes[name].replace(' #tag', '');
    },
  },
  'tags what it is called for': {
    run: ({ tags: [, free] }, target) => target.tags.add(free),
    rows: has('#free'),
    isNoRemoval: true,
  },
  'tags another by the other side': {
    run: ({ tags: [, free], others: [other] }) => free.notes.add(other),
    rows: rows => has('#free')(rows, 'other'),
  },
  'takes the tag of another': {
    run: ({ tags: [tag], others: [other] }) => other.tags.remove(tag),
    rows: rows => (rows.notes['other'] = (rows.notes['other'] as string).replace(' #tag', '')),
  },
  'orphans a label': {
    run: ({ label, others: [, , shelf] }) => shelf.labels.remove(label),
    rows: rows => rows.labels--,
  },
  'computes a change of another': {
    run: ({ others: [other] }, _, em) => {
      other.mark = 'hook';
      uow(em).computeChangeSet(other);
    },
    rows: rows => marked(rows, 'other'),
  },
  'computes a change of what it is called for anew': {
    run: (_, target, em) => {
      target.mark = 'hook';
      uow(em).recomputeSingleChangeSet(target);
    },
    rows: marked,
  },
  'computes an insert': {
    run: (_, __, em) => uow(em).computeChangeSet(new Entry('new')),
    rows: rows => rows.entries++,
  },
  'computes a deletion': {
    run: ({ others: [, unwanted] }, _, em) => uow(em).computeChangeSet(unwanted, ChangeSetType.DELETE),
    rows: rows => delete rows.notes['unwanted'],
  },
  'adds an entry to the unit of work': {
    run: (_, __, em) => uow(em).persist(new Entry('new')),
    rows: rows => rows.entries++,
  },
  'removes another from the unit of work': {
    run: ({ others: [, unwanted] }, _, em) => uow(em).remove(unwanted),
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
