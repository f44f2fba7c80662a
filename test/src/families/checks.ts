// The checks are called by a test, one after another.
/* oxlint-disable jest/no-standalone-expect */
import { expect } from '@jest/globals';
import { isDeepStrictEqual } from 'node:util';
import { kinds } from './kinds.ts';
import type { Kind } from './kinds/kind.ts';
import { type Counts, INVALID } from './model.ts';
import { show } from './show.ts';
import type { Thing, World } from './world.ts';

/** What the session says is staged and not committed is what the models do; nothing of it throws. */
export function checkCounts({ session, family, things, models }: World): void {
  const found = {
    uncommitted: session.uncommitted.byEntity.get(family.Subject.name) ?? NONE,
    new: namesIn(things, session.new),
    dirty: namesIn(things, session.dirty),
    deleted: namesIn(things, session.deleted),
  };
  if (models.some(({ isVague }) => isVague)) return;
  const named = (is: (thing: Thing) => boolean) => things.filter(is).map(({ name }) => name);
  expectSame(found, {
    uncommitted: uncommitted(things),
    new: named(({ model }) => model.life === 'pending'),
    dirty: named(({ model }) => model.isDirty),
    deleted: named(({ model }) => model.life === 'removed'),
  });
}

/** As `toEqual()` does; Jest takes longer for what is the same than a step takes, and is asked only where it is not. */
export function expectSame(found: object, expected: object): void {
  if (!isDeepStrictEqual(found, expected)) expect(found).toEqual(expected);
}

/** What all that is not committed counts. */
export function uncommitted(things: readonly Thing[]): Counts {
  const all = things.map(({ model }) => model.uncommitted);
  const sum = (change: keyof Counts) => all.reduce((count, each) => count + each[change], 0);
  return { new: sum('new'), changed: sum('changed'), removed: sum('removed') };
}

export const NONE: Counts = { new: 0, changed: 0, removed: 0 };

/** Memory holds what the model does. */
export async function checkLook(thing: Thing): Promise<void> {
  const { world, subject, model } = thing;
  const names = ['note', ...world.family.names];
  if (model.isGone && model.life === 'persistent' && model.known.size === 0 && model.assigned.size === 0) {
    const reading = Promise.resolve(world.session.read(subject, 'note'));
    await expect(reading).rejects.toMatchObject({ name: 'ObjectDeleted' });
    return;
  }
  const memory: Record<string, unknown> = {};
  for (const name of names) {
    const value = await readOne(thing, name);
    if (value === REFUSED) return;
    if (model.memory[name] === INVALID) continue;
    const part = kinds[name]?.part;
    const shown = await show(world.session, value);
    memory[name] = part ? part(shown as never) : shown;
  }
  if (model.staleNote !== undefined && memory['note'] === shownBy('note', model.staleNote))
    model.memory = { ...model.memory, note: model.staleNote };
  const expected = Object.entries(model.memory).filter(([, n]) => n !== INVALID);
  const shown = Object.fromEntries(expected.map(([name, n]) => [name, shownBy(name, n)]));
  if (!isDeepStrictEqual(memory, shown)) expect({ memory }).toMatchObject({ memory: shown });
  await checkDerived(thing);
}

/** What a read is that first writes what is staged, and cannot. */
export const REFUSED = Symbol('refused');

/** A value as memory has it. Reading a list or a lazy field may be a query, which flushes first. */
export async function readOne(thing: Thing, name: string): Promise<unknown> {
  const value = await flushing(thing, name, () => thing.world.session.read(thing.subject, name));
  if (value !== REFUSED) thing.model.read([name]);
  return value;
}

/** What an assignment to the property is made to, as at the prompt. A list is loaded before. */
export async function targetOf(thing: Thing, name: string): Promise<unknown> {
  const target = await flushing(thing, name, () => thing.world.session.target(thing.subject, name));
  if (target !== REFUSED && kinds[name]?.isList) thing.model.read([name]);
  return target;
}

async function flushing({ world }: Thing, name: string, load: () => unknown): Promise<unknown> {
  let value: unknown;
  try {
    value = await load();
  } catch (error) {
    if (mayFlush(name) && unwritableIn(world).length > 0) return REFUSED;
    throw error;
  }
  if (world.session.pending.summary === '' && unwritableIn(world).length === 0)
    for (const each of world.models) each.flush();
  return value;
}

/** Lists and lazy fields, also those that are derived from others. */
function mayFlush(name: string): boolean {
  const { isList, unread } = kinds[name] ?? { unread: name !== 'note' };
  return isList === true || unread === true;
}

/** The properties that keep anything from being written. */
export function unwritableIn({ models }: World): readonly string[] {
  return models.flatMap(({ unwritable }) => unwritable);
}

async function checkDerived(thing: Thing): Promise<void> {
  const { world, subject, model, name } = thing;
  const isSettled =
    model.life === 'persistent' && !model.isVague && Object.values(model.uncommitted).every(n => n === 0);
  const derived = world.family.names.flatMap(each => kinds[each]?.derived ?? []);
  if (!isSettled || derived.length === 0) return;
  const row = await rowOf(world, name);
  for (const each of derived) {
    const value = await flushing(thing, each.name, () => world.session.read(subject, each.name));
    if (value === REFUSED) return;
    expectSame({ [each.name]: value }, { [each.name]: each.of(row?.[each.name] as never) });
  }
}

/** The rows, as a second connection sees them, hold what the models say is committed. */
export async function checkRows(world: World): Promise<void> {
  for (const { model, name } of world.things) {
    const names = ['note', ...world.family.names];
    const raw = await rowOf(world, name);
    const row = raw && names.map(each => (kinds[each]?.read ?? same)(raw[`value of ${each}`] as never));
    const expected = model.committed && names.map(each => shownBy(each, model.committed?.[each] ?? 0));
    expectSame({ [name]: row }, { [name]: expected });
  }
}

async function rowOf({ other, family }: World, name: string): Promise<Record<string, unknown> | undefined> {
  const { table, names } = family;
  const tables = {
    subject: table,
    target: `${table}target`,
    join: (column: string) =>
      other.dialect.family === 'postgresql' ? `string_agg(${column}, ',')` : `group_concat(${column})`,
  };
  const columns = names.flatMap(each => {
    const { column, derived } = kinds[each] as Kind;
    const own = `${column?.(tables) ?? each} as "value of ${each}"`;
    return derived === undefined ? [own] : [own, `${derived.column} as "${derived.name}"`];
  });
  const sql = `select note as "value of note", ${columns.join(', ')} from ${table} subject where name = ?`;
  const [row] = await other.em.execute(sql, [name]);
  return row as Record<string, unknown> | undefined;
}

function namesIn(things: readonly Thing[], objects: readonly object[]): string[] {
  return things.filter(({ subject }) => objects.includes(subject)).map(({ name }) => name);
}

/** How a numbered value is shown, by a property's name. */
function shownBy(property: string, n: number): unknown {
  if (property === 'note') return `n${n}`;
  const kind = kinds[property];
  return kind?.shown?.(n) ?? kind?.value(n, []);
}

function same(raw: unknown): unknown {
  return raw;
}
