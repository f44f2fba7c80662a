// The steps are called by a test, one after another.
/* oxlint-disable jest/no-standalone-expect */
import { expect } from '@jest/globals';
import { wrap } from '@mikro-orm/core';
import type { ChangeReport } from '../../../src/index.ts';
import { checkLook, checkRow } from './checks.ts';
import type { World } from './world.ts';

type Play = (world: World) => Promise<void> | void;

/** What can happen to an object, and beside it, with what the model makes of it. */
export const steps = {
  add({ session, subject, model }) {
    session.add(subject);
    model.life = 'pending';
  },
  look: checkLook,
  flush: world =>
    writing(world, async ({ session, model }) => {
      await session.flush();
      model.flush();
    }),
  query: world =>
    writing(world, async ({ model, read }) => {
      await world.query().all();
      model.flush();
      model.read(read);
    }),
  async commit(world) {
    const { session, model, family, kind } = world;
    const { uncommitted, isVague } = model;
    let report: ChangeReport | undefined;
    await writing(world, async () => {
      report = await session.commit();
    });
    if (report === undefined) return model.restage();
    model.commit();
    if (!isVague && !kind.isOfTarget)
      expect({ commit: report.byEntity.get(family.Subject.name) ?? NONE }).toEqual({ commit: uncommitted });
    await checkRow(world);
  },
  async rollback(world) {
    await world.session.rollback();
    world.model.rollback();
    await checkRow(world);
  },
  expire({ session, subject, model, kind }) {
    session.expire(subject);
    // What is the target's stays.
    if (!kind.isOfTarget) model.expire();
  },
  async refresh({ session, subject, model, kind, read }) {
    await session.refresh(subject);
    if (!kind.isOfTarget) model.expire();
    model.read(read);
  },
  remove({ session, subject, model }) {
    session.remove(subject);
    model.life = 'removed';
  },
  expunge({ session, subject, model }) {
    session.expunge(subject);
    model.life = model.life === 'pending' ? 'transient' : 'detached';
  },
  async load(world) {
    await world.again(() => world.query().one());
    world.model.read(world.read);
  },
  async reference(world) {
    const key: unknown = wrap(world.subject, true).getPrimaryKey();
    const { em } = world.session;
    await world.again(async () => em.getReference(world.family.Subject, key as never) as never);
  },
  async stream(world) {
    await world.again(async () => {
      let found = world.subject;
      for await (const each of world.query()) found = each;
      return found;
    });
    world.model.read(world.read);
  },
  async fail(world) {
    const { session, model } = world;
    const twin = new world.family.Target(world.targets[0]?.name ?? '');
    session.add(twin);
    await expect(session.commit()).rejects.toMatchObject({
      name: expect.stringMatching(model.unwritable ? /./ : /^UniqueViolation$/),
    });
    model.restage();
    session.expunge(twin);
  },
  bulk: world =>
    writing(world, async ({ model }) => {
      const count = await world.query().update({ note: 'n1' });
      model.flush();
      if (model.open) model.open = { ...model.open, note: 1 };
      expect({ updated: count }).toEqual({ updated: model.open ? 1 : 0 });
      model.bulk += count;
      model.known.clear();
    }),
  async 'other session'({ other, model, family, name }) {
    await other.em.execute(`update ${family.table} set note = 'n2' where name = ?`, [name]);
    if (model.committed) model.open = model.committed = { ...model.committed, note: 2 };
  },
  async 'row gone'({ other, model, family, name }) {
    await other.em.execute(`delete from ${family.table} where name = ?`, [name]);
    model.open = model.committed = undefined;
    model.isGone = model.life !== 'pending';
  },
} satisfies Readonly<Record<string, Play>> as Readonly<Record<StepName, Play>>;

export type StepName =
  | 'add'
  | 'look'
  | 'flush'
  | 'query'
  | 'commit'
  | 'rollback'
  | 'expire'
  | 'refresh'
  | 'remove'
  | 'expunge'
  | 'load'
  | 'reference'
  | 'stream'
  | 'fail'
  | 'bulk'
  | 'other session'
  | 'row gone';

/** What happens to the property. */
export async function change(world: World, verb: 'assign' | 'mutate', n: number): Promise<void> {
  const { session, subject, model, property, kind } = world;
  if (verb === 'assign') world.assign(n);
  else {
    const value: unknown = await session.read(subject, property);
    model.read([...world.read, property]);
    kind.mutate?.(value as never, n, world.targets);
  }
  model.assign(property, n);
}

const NONE = { new: 0, changed: 0, removed: 0 };

/** What writes fails while something cannot be written, and says what. */
async function writing(world: World, write: (world: World) => Promise<void>): Promise<void> {
  const { unwritable, isGone, isStaged } = world.model;
  if (isGone && isStaged && unwritable === undefined) {
    await expect(write(world)).rejects.toMatchObject({
      name: expect.stringMatching(/^(StaleRow|ForeignKeyViolation)$/),
    });
    return;
  }
  if (unwritable === undefined) return write(world);
  await expect(write(world)).rejects.toMatchObject({
    name: expect.stringMatching(/^(InvalidValue|BadArgument|MissingValue)$/),
    message: expect.stringContaining(`${world.family.Subject.name}.${unwritable}`),
  });
}
