// The steps are called by a test, one after another.
/* oxlint-disable jest/no-standalone-expect */
import { expect } from '@jest/globals';
import { wrap } from '@mikro-orm/core';
import type { ChangeReport } from '../../../src/index.ts';
import {
  checkLook,
  checkRows,
  expectSame,
  NONE,
  readOne,
  REFUSED,
  targetOf,
  uncommitted,
  unwritableIn,
} from './checks.ts';
import { kinds } from './kinds.ts';
import { INVALID } from './model.ts';
import type { StepName } from './scripts.ts';
import type { Thing, World } from './world.ts';

/** What can happen to an object, and beside it, with what the model makes of it. */
export const steps = {
  add({ world, subject, model }) {
    world.session.add(subject);
    model.life = 'pending';
  },
  look: checkLook,
  flush: ({ world }) =>
    writing(world, async () => {
      await world.session.flush();
      flush(world);
    }),
  query: thing =>
    writing(thing.world, async () => {
      await thing.query().all();
      flush(thing.world);
      thing.model.read(thing.read);
    }),
  commit: ({ world }) => commit(world),
  async rollback({ world }) {
    await world.session.rollback();
    for (const model of world.models) model.rollback();
    await checkRows(world);
  },
  expire({ world, subject, model }) {
    world.session.expire(subject);
    model.expire();
  },
  async refresh({ world, subject, model, read }) {
    await world.session.refresh(subject);
    model.expire();
    model.read(read);
  },
  remove({ world, subject, model }) {
    void world.session.remove(subject);
    model.life = 'removed';
  },
  expunge({ world, subject, model }) {
    world.session.expunge(subject);
    model.life = model.life === 'pending' ? 'transient' : 'detached';
  },
  async load({ world }) {
    await world.again(thing => thing.query().one());
    for (const { model, read } of world.things) model.read(read);
  },
  async reference({ world }) {
    const { em } = world.session;
    const keys = new Map(
      world.things.map(({ subject }) => [subject, wrap(subject, true).getPrimaryKey() as never]),
    );
    await world.again(async ({ subject }) =>
      em.getReference(world.family.Subject, keys.get(subject) as never),
    );
  },
  async stream({ world }) {
    await world.again(async thing => {
      let found: object | null = null;
      for await (const each of thing.query()) found = each;
      return found;
    });
    for (const { model, read } of world.things) model.read(read);
  },
  async fail({ world, targets }) {
    const { session, family } = world;
    const twin = new family.Target('twin', targets[0]?.code ?? '');
    session.add(twin);
    const isUnwritable = unwritableIn(world).length > 0;
    await expect(session.commit()).rejects.toMatchObject({
      name: expect.stringMatching(isUnwritable ? /./ : /^UniqueViolation$/),
    });
    restage(world);
    session.expunge(twin);
  },
  bulk: thing =>
    writing(thing.world, async () => {
      const { world, model } = thing;
      const count = await thing.query().update({ note: 'n1' });
      flush(world);
      if (model.open) model.open = { ...model.open, note: 1 };
      expectSame({ updated: count }, { updated: model.open ? 1 : 0 });
      model.bulk += count;
      if (count > 0) for (const each of world.models) each.forget();
    }),
  async 'other session'({ world, model, name }) {
    await world.other.em.execute(`update ${world.family.table} set note = 'n2' where name = ?`, [name]);
    if (model.committed === undefined) return;
    model.staleNote ??= model.committed['note'];
    model.open = model.committed = { ...model.committed, note: 2 };
  },
  async 'row gone'({ world, model, name }) {
    await world.other.em.execute(`delete from ${world.family.table} where name = ?`, [name]);
    model.open = model.committed = undefined;
    model.isGone = model.life !== 'pending';
  },
} satisfies Readonly<Record<string, (thing: Thing) => Promise<void> | void>> as Readonly<
  Record<StepName, (thing: Thing) => Promise<void> | void>
>;

/** What happens to a property. */
export async function change(
  thing: Thing,
  verb: 'assign' | 'mutate',
  name: string,
  n: number,
): Promise<void> {
  const { model } = thing;
  const found = await (verb === 'assign' ? targetOf(thing, name) : readOne(thing, name));
  if (found === REFUSED) return;
  if (n === INVALID && kinds[name]?.isList) {
    // A list is not the property, which holds it: what is no list is refused at once.
    expect(() => thing.assign(name, n)).toThrow(`.${name} takes a list of`);
    return;
  }
  if (verb === 'assign') thing.assign(name, n);
  else {
    // To read a list is not to read the row.
    if (!kinds[name]?.isList) model.read(thing.read);
    kinds[name]?.mutate?.(found as never, n, thing.targets);
  }
  model.assign(name, n);
  if (kinds[name]?.isTwoSided && model.life === 'transient') model.life = 'pending';
}

async function commit(world: World): Promise<void> {
  const isVague = world.models.some(model => model.isVague);
  const expected = uncommitted(world.things);
  let report: ChangeReport | undefined;
  await writing(world, async () => {
    report = await world.session.commit();
  });
  if (report === undefined) return restage(world);
  for (const model of world.models) model.commit();
  const commited = report.byEntity.get(world.family.Subject.name) ?? NONE;
  if (!isVague) expectSame({ commited }, { commited: expected });
  await checkRows(world);
}

function flush({ models }: World): void {
  for (const model of models) model.flush();
}

/** A commit that failed undid the transaction, unless update() wrote in it: what it wrote is staged again. */
function restage({ models }: World): void {
  if (models.every(({ bulk }) => bulk === 0)) for (const model of models) model.restage();
}

/** What writes fails while something cannot be written, and says what. */
async function writing(world: World, write: () => Promise<void>): Promise<void> {
  const { models, family } = world;
  const unwritable = unwritableIn(world);
  const isGone = models.some(model => model.isGone);
  if (unwritable.length > 0 && !isGone) {
    const named = unwritable.map(name => `${family.Subject.name}\\.${name}`).join('|');
    await expect(write()).rejects.toMatchObject({
      name: expect.stringMatching(/^(InvalidValue|BadArgument|MissingValue)$/),
      message: expect.stringMatching(named),
    });
  } else if (isGone && models.some(({ isVague }) => isVague)) {
    await write().catch((error: unknown) =>
      expect(error).toMatchObject({ name: expect.stringMatching(/^(StaleRow|ForeignKeyViolation)$/) }),
    );
  } else if (isGone && models.some(({ isStaged }) => isStaged)) {
    await expect(write()).rejects.toMatchObject({
      name: expect.stringMatching(unwritable.length > 0 ? /./ : /^(StaleRow|ForeignKeyViolation)$/),
    });
  } else await write();
}
