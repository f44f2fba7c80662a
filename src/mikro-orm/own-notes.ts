import { helper } from '@mikro-orm/core';
import type { SqlEm } from './orm.ts';

/** What is noted of an entity, of which there may be very many. */
interface OwnNotes {
  /** The session that staged it when it was new. */
  watcher: object | undefined;
  /** The door of the identity map that it came into first, and its key there. */
  door: object | undefined;
  place: string | undefined;
  /** How far the deletion of its row has come. */
  deletion: 'flushed' | 'committed' | undefined;
  /** The EntityManager in which another object took its place. */
  gaveWayIn: SqlEm | undefined;
}

/**
 * Notes are in MikroORM's record of the entity: a weak map of thousands of entities would take a good part of the time that
 * writing them takes. They are one property of it: with a few more, the record takes twice the memory after a flush.
 */
const own = Symbol('notes');

type Noted = ReturnType<typeof helper> & { [own]?: OwnNotes };

/** What is noted of an entity so far. */
export function notesOf(entity: object): Readonly<OwnNotes> | undefined {
  return (helper(entity) as Noted)[own];
}

/** The notes of an entity, to be added to. */
export function notesFor(entity: object): OwnNotes {
  return ((helper(entity) as Noted)[own] ??= {
    watcher: undefined,
    door: undefined,
    place: undefined,
    deletion: undefined,
    gaveWayIn: undefined,
  });
}
