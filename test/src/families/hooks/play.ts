import { expect } from '@jest/globals';
import type { Session } from '../show.ts';
import {
  type Effect,
  effects,
  failure,
  type Operation,
  operations,
  type Rows,
  type World,
} from './effects.ts';
import { type Following, followings } from './followings.ts';
import { Entry, entityEvents, flushEvents, type Hook, hook, Note, Shelf } from './notebook.ts';

/** One combination. */
export interface Combination {
  readonly event: string;
  readonly effect: string;
  readonly operation: keyof typeof entityEvents;
  readonly following: string;
}

const isOutside = (event: string, effect: string) =>
  effects[effect]?.writes === true && (event === 'beforeFlush' || event === 'onFlush');

const operationNames = Object.keys(operations) as (keyof typeof entityEvents)[];

/** Everything that a hook can do on each event, and what follows. */
export const combinations: readonly Combination[] = operationNames.flatMap(operation =>
  [...entityEvents[operation], ...flushEvents].flatMap(event =>
    Object.keys(effects)
      .filter(effect => !isOutside(event, effect))
      .flatMap(effect => Object.keys(followings).map(following => ({ event, effect, operation, following }))),
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
    notes: { other: '- first', unwanted: '- none', target: '- none' },
    entries: 0,
  };
  if (combination.operation === 'add') delete rows.notes['target'];
  if (following.isUndone !== true) {
    operation.rows(rows);
    const isOfFlush = (flushEvents as readonly string[]).includes(combination.event);
    effect.rows?.(rows, isOfFlush ? 'other' : 'target');
  }
  expect(await rowsIn(other)).toEqual(rows);
  expect(await memoryOf(session)).toEqual(rows);
  // What is new again keeps what it was given, and not what hooks gave it.
  const { mark, shelf } = world.target;
  if (following.isUndone === true && combination.operation === 'add')
    expect({ mark: mark ?? null, shelf: shelf ?? null }).toEqual({ mark: null, shelf: null });
}

async function begin(
  session: Session,
  { event, operation: name }: Combination,
  effect: Effect,
  operation: Operation,
): Promise<World> {
  hook.event = '';
  await session.rollback();
  for (const type of [Note, Shelf, Entry]) await session.query<object>(type).delete();
  await session.commit();
  session.em.clear();
  const [first, second] = [new Shelf('first'), new Shelf('second')];
  const [other, unwanted, target] = [new Note('other'), new Note('unwanted'), new Note('target')];
  other.shelf = first;
  session.addAll([second, other, unwanted, ...(name === 'add' ? [] : [target])]);
  await session.commit();
  for (const shelf of [first, second]) await session.read(shelf, 'notes');
  const state = { isDue: true };
  const world: World = {
    session,
    target,
    others: [other, unwanted, first, second],
    happen: () => operation.run(session, target),
    again: () => (state.isDue = true),
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

interface Row {
  name: string;
  mark: string | null;
  shelf: string | null;
}

const show = (notes: readonly Row[], entries: number): Rows => ({
  notes: Object.fromEntries(
    notes.map(({ name, mark, shelf }) => [name, `${mark ?? '-'} ${shelf ?? 'none'}`]),
  ),
  entries,
});

async function rowsIn(other: Session): Promise<Rows> {
  const notes = await other.em.execute<Row[]>(
    `select n.name, n.mark, s.name as shelf from hooked_note n left join hooked_shelf s on s.id = n.shelf_id`,
  );
  const [entries] = await other.em.execute<{ count: number }[]>('select count(*) as count from hooked_entry');
  return show(notes, Number(entries?.count));
}

async function memoryOf(session: Session): Promise<Rows> {
  const known = [...session.em.getUnitOfWork().getIdentityMap()] as object[];
  const notes: Row[] = [];
  for (const note of known) {
    if (!(note instanceof Note)) continue;
    await session.read(note, 'name');
    const shelf = (await session.read(note, 'shelf')) as Shelf | null;
    if (shelf !== null) {
      await session.read(shelf, 'name');
      expect([...((await session.read(shelf, 'notes')) as Iterable<Note>)]).toContain(note);
    }
    notes.push({ name: note.name, mark: note.mark, shelf: shelf?.name ?? null });
  }
  return show(notes, await session.query(Entry).count());
}
