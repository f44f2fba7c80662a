// The checks are called by a test, one after another.
/* oxlint-disable jest/no-standalone-expect */
import { expect } from '@jest/globals';
import { kinds } from './kinds.ts';
import { INVALID } from './model.ts';
import { show } from './show.ts';
import type { World } from './world.ts';

/** What session, and what it has not committed, says is what the model does; nothing of it throws. */
export function checkCounts({ session, subject, model, family, kind }: World): void {
  const found = {
    uncommitted: session.uncommitted.byEntity.get(family.Subject.name) ?? { new: 0, changed: 0, removed: 0 },
    isNew: session.new.includes(subject),
    isDirty: session.dirty.includes(subject),
    isDeleted: session.deleted.includes(subject),
  };
  if (kind.isOfTarget || model.isVague) return;
  expect(found).toEqual({
    uncommitted: model.uncommitted,
    isNew: model.life === 'pending',
    isDirty: model.isDirty,
    isDeleted: model.life === 'removed',
  });
}

/** Memory holds what the model does. */
export async function checkLook(world: World): Promise<void> {
  const { session, subject, model, kind, property } = world;
  if (model.isGone && model.life === 'persistent' && !model.known.has(property) && !model.isDirty) {
    await expect(Promise.resolve(session.read(subject, 'note'))).rejects.toMatchObject({
      name: 'ObjectDeleted',
    });
    return;
  }
  if (kind.isList && model.open && !model.known.has(property)) model.flush();
  const memory: Record<string, unknown> = {};
  for (const name of ['note', property])
    memory[name] = await show(session, await session.read(subject, name));
  model.read(['note', property]);
  const expected = Object.entries(model.memory).filter(([, n]) => n !== INVALID);
  expect({ memory }).toMatchObject({
    memory: Object.fromEntries(expected.map(([name, n]) => [name, shown(name, n)])),
  });
  const isSettled = model.life === 'persistent' && Object.values(model.uncommitted).every(n => n === 0);
  if (kind.derived === undefined || !isSettled) return;
  const { name, of } = kind.derived;
  const row = await rowOf(world);
  expect({ [name]: await session.read(subject, name) }).toEqual({ [name]: of(row?.['derived'] as never) });
}

/** The row, as a second connection sees it, holds what the model says is committed. */
export async function checkRow(world: World): Promise<void> {
  const { model, kind, property } = world;
  const raw = await rowOf(world);
  const row = raw && {
    note: raw['note'],
    [property]: kind.read ? kind.read(raw['value'] as never) : raw['value'],
  };
  const expected = model.committed && {
    note: shown('note', model.committed['note'] ?? 0),
    [property]: shown(property, model.committed[property] ?? 0),
  };
  expect({ row }).toEqual({ row: expected });
}

async function rowOf(world: World): Promise<Record<string, unknown> | undefined> {
  const { other, kind, property, name } = world;
  const { table } = world.family;
  const join = other.database.dialect === 'sqlite' ? 'group_concat' : 'string_agg';
  const column = kind.column?.({ subject: table, target: `${table}target`, join }) ?? property;
  const derived = kind.derived === undefined ? '' : `, ${kind.derived.column} as derived`;
  const rows: Record<string, unknown>[] = await other.em.execute(
    `select note, ${column} as value${derived} from ${table} subject where name = ?`,
    [name],
  );
  return rows[0];
}

/** How a numbered value is shown, by a property's name. */
function shown(property: string, n: number): unknown {
  if (property === 'note') return `n${n}`;
  const kind = kinds[property];
  return kind?.shown?.(n) ?? kind?.value(n, []);
}
