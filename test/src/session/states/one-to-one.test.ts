// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { defineEntity, p, type Ref, ref } from '@mikro-orm/core';
import type { Session } from '../../../../src/index.ts';
import { dialects, inSession } from '../../../support/databases.ts';

class Named {
  declare id: number;
  declare name: string;

  constructor(name: string) {
    this.name = name;
  }
}

class Ship extends Named {
  declare flag: Flag | null;
}

class Flag extends Named {
  declare ship: Ship | null;
}

class Seal extends Named {
  declare ship: Ref<Ship>;
}

defineEntity({
  name: 'Ship',
  properties: {
    id: p.integer().primary(),
    name: p.string(),
    flag: () => p.oneToOne(Flag).mappedBy('ship').nullable(),
  },
}).setClass(Ship);

defineEntity({
  name: 'Flag',
  properties: {
    id: p.integer().primary(),
    name: p.string(),
    ship: () => p.oneToOne(Ship).inversedBy('flag').nullable(),
  },
}).setClass(Flag);

defineEntity({
  name: 'Seal',
  properties: { id: p.integer().primary(), name: p.string(), ship: () => p.oneToOne(Ship).ref() },
}).setClass(Seal);

/** The ships of the flags, by their names. */
type Model = Readonly<Record<string, string | null>>;

interface World {
  readonly session: Session;
  readonly ships: ReadonlyMap<string | null, Ship>;
  readonly flags: ReadonlyMap<string | null, Flag>;
  committed: Model;
  now: Model;
}

type Assignment = readonly [side: 'ship' | 'flag', of: string, to: string | null];

const assignments: readonly Assignment[] = [
  ['flag', 'a', 'x'],
  ['flag', 'a', 'y'],
  ['flag', 'a', 'z'],
  ['flag', 'a', null],
  ['ship', 'x', 'a'],
  ['ship', 'x', 'b'],
  ['ship', 'x', null],
  ['ship', 'y', 'a'],
  ['ship', 'z', 'a'],
];

function assign(world: World, [side, of, to]: Assignment): void {
  if (side === 'ship') Object.assign(world.flags.get(of) as Flag, { ship: world.ships.get(to) ?? null });
  else Object.assign(world.ships.get(of) as Ship, { flag: world.flags.get(to) ?? null });
  const [flag, ship] = side === 'ship' ? [of, to] : [to, of];
  const left = Object.entries(world.now).map(([name, has]) => [name, has === ship ? null : has] as const);
  world.now = { ...Object.fromEntries(left), ...(flag !== null && { [flag]: ship }) };
}

/** What happens between two assignments. */
const between: Readonly<Record<string, (world: World) => Promise<unknown>>> = {
  nothing: () => Promise.resolve(),
  'a commit': commit,
  async 'a rollback'(world) {
    await world.session.rollback();
    world.now = world.committed;
  },
  async 'a commit, and all is read'(world) {
    await commit(world);
    await world.session.query(Ship).all();
    await world.session.query(Flag).all();
  },
  'the ships are read': ({ session }) => session.query(Ship).all(),
  'the flags are read': ({ session }) => session.query(Flag).all(),
};

async function commit(world: World): Promise<void> {
  const { session, committed, now } = world;
  const failure = await session.commit().then(
    () => undefined,
    (error: unknown) => error,
  );
  // A database looks at each row by itself.
  if (failure !== undefined && isExchange(committed, now)) {
    await session.rollback();
    world.now = committed;
    return;
  }
  expect(failure).toBeUndefined();
  world.committed = now;
  const rows = await session.em.execute<{ name: string; ship: string | null }[]>(
    'select f.name, s.name as ship from flag f left join ship s on s.id = f.ship_id',
  );
  expect(Object.fromEntries(rows.map(({ name, ship }) => [name, ship]))).toEqual(now);
  expect((await session.commit()).summary).toBe('');
}

function isExchange(before: Model, now: Model): boolean {
  const { x, y } = now;
  return x !== null && y !== null && x === before['y'] && y === before['x'];
}

async function play(session: Session, first: Assignment, then: string, second: Assignment): Promise<void> {
  const [ships, flags] = [
    ['a', 'b'].map(name => new Ship(name)),
    ['x', 'y', 'z'].map(name => new Flag(name)),
  ];
  Object.assign(flags[0] as Flag, { ship: ships[0] });
  Object.assign(flags[1] as Flag, { ship: ships[1] });
  session.addAll([...ships, ...flags]);
  const start = { x: 'a', y: 'b', z: null };
  const byName = <T extends Named>(all: readonly T[]) => new Map(all.map(one => [one.name, one]));
  const world: World = { session, ships: byName(ships), flags: byName(flags), committed: start, now: start };
  await commit(world);
  assign(world, first);
  await between[then]?.(world);
  assign(world, second);
  await commit(world);
  await session.query(Flag).delete();
  await session.query(Ship).delete();
  await session.commit();
}

describe.each(dialects)('40: a one-to-one relation assigned twice on %s', dialect => {
  // commit() expects.
  // oxlint-disable-next-line jest/expect-expect
  it.each(Object.keys(between))('with between: %s', async then => {
    await inSession(
      dialect,
      async session => {
        for (const first of assignments)
          for (const second of assignments)
            try {
              await play(session, first, then, second);
            } catch (error) {
              throw new Error(`${first.join(' ')}, then ${second.join(' ')}`, { cause: error });
            }
      },
      { entities: [Ship, Flag], ...(dialect === 'sqlite' && { url: 'sqlite::memory:' }) },
    );
  });
});

describe.each(dialects)('19: a one-to-one relation that two objects exchange on %s', dialect => {
  const make = { Flag: (ship: Ship) => ship, Seal: (ship: Ship) => ref(ship) };
  it.each(Object.entries(make))('is refused, and it is said what to do: %s', async (name, held) => {
    await inSession(
      dialect,
      async session => {
        const ships = ['a', 'b'].map(each => new Ship(each)) as [Ship, Ship];
        const Type = name === 'Flag' ? Flag : Seal;
        const two = ships.map(ship => Object.assign(new Type('x'), { ship: held(ship) }));
        session.addAll(two);
        await session.commit();
        for (const [index, one] of two.entries())
          Object.assign(one, { ship: held(ships.at(index - 1) as Ship) });
        const error = {
          name: 'UniqueViolation',
          message: expect.stringMatching(`${name}.ship '[12]' is taken`),
        };
        await expect(session.commit()).rejects.toMatchObject({
          ...error,
          hint: expect.stringContaining('flush()'),
        });
      },
      { entities: [Ship, Flag, Seal] },
    );
  });
});
