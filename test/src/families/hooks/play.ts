import type { Collection } from '@mikro-orm/core';
import { expect } from '@jest/globals';
import type { Session } from '../show.ts';
import {
  detailsOf,
  type Effect,
  effects,
  failure,
  type Operation,
  operations,
  type Rows,
  type World,
} from './effects.ts';
import { type Following, followings } from './followings.ts';
import { Entry, entityEvents, flushEvents, type Hook, hook, Label, Note, Shelf, Tag } from './notebook.ts';

/** One combination. */
export interface Combination {
  readonly event: string;
  readonly effect: string;
  readonly operation: keyof typeof entityEvents;
  readonly following: string;
}

function isPossible({ event, effect: name, operation, following }: Combination): boolean {
  const { writes, only, isNoRemoval } = effects[name] as Effect;
  if (isNoRemoval === true && operation === 'remove' && event.endsWith('Delete')) return false;
  if (only !== undefined) return only[0] === event && only[1] === operation;
  if (writes !== true) return true;
  return event !== 'beforeFlush' && event !== 'onFlush' && followings[following]?.isWithout !== true;
}

const operationNames = Object.keys(operations) as (keyof typeof entityEvents)[];

/** Everything that a hook can do on each event, and what follows. */
export const combinations: readonly Combination[] = operationNames.flatMap(operation =>
  [...entityEvents[operation], ...flushEvents].flatMap(event =>
    Object.keys(effects)
      .flatMap(effect => Object.keys(followings).map(following => ({ event, effect, operation, following })))
      .filter(isPossible),
  ),
);

/** Plays one, and compares the rows, and what memory has of them, with what is to be expected. */
export async function play(session: Session, other: Session, combination: Combination): Promise<void> {
  const effect = effects[combination.effect] as Effect;
  const operation = operations[combination.operation];
  const following = followings[combination.following] as Following;
  const world = await begin(session, combination, effect, operation);
  await world.happen();
  hook.event = combination.event;
  await following.run(world);
  if (following.isMikroOrm !== true) await world.attempt(() => session.commit());
  hook.event = '';
  if (following.isMikroOrm === true) await session.commit();
  expect(String(await session.commit())).toBe('nothing to commit');
  const rows: Rows = {
    notes: {
      other: '- first #tag',
      unwanted: '- none',
      target: '- none #tag',
      before: '- none',
      after: '- none',
    },
    entries: 0,
    labels: 1,
  };
  if (combination.operation === 'add') delete rows.notes['target'];
  if (following.isUndone !== true) {
    operation.rows(rows);
    for (const name of ['before', 'after']) rows.notes[name] += ' own';
    const isOfFlush = (flushEvents as readonly string[]).includes(combination.event);
    if (following.isWithout !== true) effect.rows?.(rows, isOfFlush ? 'other' : 'target');
  }
  other.em.clear();
  await other.query(Note).all();
  expect(await memoryOf(other)).toEqual(rows);
  expect(await memoryOf(session)).toEqual(rows);
  // What is new again keeps what it was given, and not what hooks gave it.
  const { mark, shelf } = world.target;
  if (following.isUndone === true && combination.operation === 'add')
    expect([mark ?? null, shelf ?? null, detailsOf(world.target)]).toEqual([null, null, '']);
}

async function begin(
  session: Session,
  { event, operation: name }: Combination,
  effect: Effect,
  operation: Operation,
): Promise<World> {
  hook.event = '';
  await session.rollback();
  for (const type of [Note, Tag, Label, Shelf, Entry]) await session.query<object>(type).delete();
  await session.commit();
  session.em.clear();
  const [first, second] = [new Shelf('first'), new Shelf('second')];
  const [other, unwanted, target] = [new Note('other'), new Note('unwanted'), new Note('target')];
  const [before, after] = [new Note('before'), new Note('after')];
  const [label, tag, free] = [new Label(first), new Tag('tag'), new Tag('free')];
  other.shelf = first;
  for (const note of name === 'add' ? [other] : [other, target]) note.tags.add(tag);
  session.addAll([second, label, free, before, other, unwanted, ...(name === 'add' ? [] : [target]), after]);
  await session.commit();
  for (const shelf of [first, second]) {
    await session.read(shelf, 'notes');
    await session.read(shelf, 'labels');
  }
  for (const one of [tag, free]) await session.read(one, 'notes');
  // So that hooks, which cannot wait, may change what they hold.
  for (const note of [before, other, unwanted, target, after])
    if (session.has(note)) for (const field of ['name', 'tags']) await session.read(note, field);
  const state = { isDue: true };
  const world: World = {
    session,
    target,
    others: [other, unwanted, first, second],
    label,
    tags: [tag, free],
    both: [before, after],
    happen: () => {
      for (const note of [before, after]) note.data = { words: ['own'] };
      return operation.run(session, target);
    },
    again: () => (state.isDue = true),
    never: () => (state.isDue = false),
    async attempt(work) {
      const wasDue = state.isDue;
      try {
        await work();
      } catch (error) {
        if (effect.throws !== true || !wasDue || error !== failure) throw error;
        await work();
      }
    },
  };
  const isOfFlush = (flushEvents as readonly string[]).includes(event);
  const run: Hook = ({ em, entity }) => {
    if (!state.isDue || (!isOfFlush && entity !== target)) return undefined;
    state.isDue = false;
    return effect.run(world, isOfFlush ? other : target, em);
  };
  hook.run = run;
  return world;
}

/** What a session knows; the rows, if it has just read them. */
async function memoryOf(session: Session): Promise<Rows> {
  const known = [...session.em.getUnitOfWork().getIdentityMap()] as object[];
  const notes: Record<string, string> = {};
  for (const note of known) {
    if (!(note instanceof Note)) continue;
    await session.read(note, 'name');
    const shelf = (await session.read(note, 'shelf')) as Shelf | null;
    if (shelf !== null) {
      await session.read(shelf, 'name');
      expect([...((await session.read(shelf, 'notes')) as Iterable<Note>)]).toContain(note);
    }
    const tags = (await session.read(note, 'tags')) as Collection<Tag>;
    for (const tag of tags) {
      await session.read(tag, 'name');
      expect([...((await session.read(tag, 'notes')) as Iterable<Note>)]).toContain(note);
    }
    notes[note.name] = `${note.mark ?? '-'} ${shelf?.name ?? 'none'}${detailsOf(note)}`;
  }
  return { notes, entries: await session.query(Entry).count(), labels: await session.query(Label).count() };
}
