// The numbers in the names are those of docs/session.md.
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { defineEntity, p } from '@mikro-orm/core';
import type { Session } from '../../../../src/index.ts';
import { dialects, inSession } from '../../../support/databases.ts';
import { testScripts } from '../../../support/typed.ts';

class Player {
  declare id: number;
}
class Team {
  declare id: number;
  declare name: string;
  declare captain: Player | null;

  constructor(name: string) {
    this.name = name;
    this.captain = null;
  }
}

defineEntity({ name: 'Player', properties: { id: p.integer().primary() } }).setClass(Player);
defineEntity({
  name: 'Team',
  properties: {
    id: p.integer().primary(),
    name: p.string().unique(),
    captain: () => p.oneToOne(Player).owner().nullable(),
  },
}).setClass(Team);

const begin = `
  > a = new Team('a'); b = new Team('b'); c = new Team('c'); p = new Player(); q = new Player(); addAll([a, b, c, p, q]); commit()
  committed 5 new (Player, Team)`;
const elsewhere = `other("update team set name = 'n' where name = 'c'")`;
const first = 'Team.query.orderBy({ name: 1 }).all().map(({ name }) => name)';

testScripts(
  'unique properties',
  [
    [
      '6: values that go from one object to the next are written in an order that the database takes',
      `${begin}
      > a.name = 'b'; b.name = 'c'; c.name = 'd'; commit()
      committed 3 changed (Team)
      > c.name = 'c'; b.name = 'b'; a.name = 'a'; commit()
      committed 3 changed (Team)
      > a.name = 'b'; a.captain = p; b.name = 'c'; c.name = 'd'; e = new Team('a'); add(e); commit()
      committed 1 new (Team), 3 changed (Team)
      > [a.captain === p, a.name, e.name]; ${first}
      [ 'a', 'b', 'c', 'd' ]
      > b.captain = p; a.captain = q; c.captain = null; e.captain = null; commit(); [a, b].map(each => each.captain.id)
      [ 2, 1 ]
      > b.name = 'x'; a.name = 'c'; e.name = 'b'; em.flush(); [a.name, b.name, e.name]
      [ 'c', 'x', 'b' ]
      > a.name = 'y'; e.name = 'c'; c.name = 'b'; em.transactional(async () => {}); [session.dirty, ...${first}]
      [ [], 'b', 'c', 'x', 'y' ]
      > a.name = 'x'; b.name = 'y'; commit()
      Uncaught UniqueViolation
      > rollback(); [a.name, b.name]
      [ 'y', 'x' ]
      > a.name = 'c'; e.name = 'b'; c.name = 'z'; flush(); rollback(); [a, b, c, e].map(each => each.name)
      [ 'y', 'x', 'b', 'c' ]`,
    ],
    [
      '36, 40: what somebody else wrote is kept where several objects are assigned other unique properties',
      `${begin}
      > ${elsewhere}
      []
      > a.name = 'm'; b.captain = p; c.captain = q; commit()
      committed 3 changed (Team)
      > ${first}
      [ 'b', 'm', 'n' ]`,
    ],
    [
      '28, 40: and what update() wrote is kept',
      `${begin}
      > Team.query.filterBy({ name: 'c' }).update({ name: 'n' }); a.name = 'm'; b.captain = p; c.captain = q; commit()
      committed 4 changed (Team)
      > ${first}
      [ 'b', 'm', 'n' ]`,
    ],
    [
      '19: two that exchange it are refused, and what to do is said',
      `${begin}
      > a.name = 'b'; b.name = 'a'; try { commit() } catch (error) { hint = error.hint }
      > hint
      'Objects exchange it: give one of them another value, flush(), and then the value of the other. Everything is still staged.'
      > a.name = 'm'; flush(); a.name = 'b'; commit()
      committed 2 changed (Team)
      > [a.name, b.name]
      [ 'b', 'a' ]
      > a.name = 'c'; try { commit() } catch (error) { hint = error.hint }
      > hint
      'Nothing was written and everything is still staged: change it and commit() again, or rollback().'`,
    ],
    [
      '40: and so it is inside em.transactional()',
      `${begin}
      > ${elsewhere}
      []
      > em.transactional(async () => { a.name = 'm'; b.captain = p; c.captain = q })
      > ${first}
      [ 'b', 'm', 'n' ]`,
    ],
  ],
  undefined,
  { Player, Team },
);

class Hall {
  declare town: string;
  declare no: number;
}
class Seat {
  declare hall: Hall;
  declare label: string;
}
class Ticket {
  declare id: number;
  declare seat: Seat | null;
}
class Pass {
  declare id: number;
  declare seat: Seat;
  declare day: string;
}

defineEntity({
  name: 'Hall',
  properties: { town: p.string().primary(), no: p.integer().primary() },
}).setClass(Hall);
defineEntity({
  name: 'Seat',
  properties: { hall: () => p.manyToOne(Hall).primary(), label: p.string().primary() },
}).setClass(Seat);
defineEntity({
  name: 'Ticket',
  properties: { id: p.integer().primary(), seat: () => p.oneToOne(Seat).owner().nullable() },
}).setClass(Ticket);
defineEntity({
  name: 'Pass',
  properties: { id: p.integer().primary(), seat: () => p.manyToOne(Seat), day: p.string() },
  uniques: [{ properties: ['seat', 'day'] }],
}).setClass(Pass);

const made = <T extends object>(type: new () => T, values: Partial<T>): T =>
  Object.assign(new type(), values);

/** What has a value once more, and what is said of it. */
const TWINS: Record<string, readonly [twin: (hall: Hall, seat: Seat) => object, told: string]> = {
  'a key of two': [() => made(Hall, { town: 'V', no: 1 }), "Hall.town + no 'V, 1'"],
  'a key with a relation in it': [hall => made(Seat, { hall, label: 'A' }), "Seat.hall + label 'V, 1, A'"],
  'a reference to such a key': [(_, seat) => made(Ticket, { seat }), "Ticket.seat 'V, 1, A'"],
  'such a reference and a field': [
    (_, seat) => made(Pass, { seat, day: 'x' }),
    "Pass.seat + day 'V, 1, A, x'",
  ],
};

describe.each(dialects)('a value of several columns that is taken on %s', dialect => {
  const inHall = (test: (session: Session, hall: Hall, seat: Seat) => Promise<void>) =>
    inSession(
      dialect,
      async session => {
        const hall = made(Hall, { town: 'V', no: 1 });
        const seat = made(Seat, { hall, label: 'A' });
        session.addAll([hall, seat, made(Ticket, { seat }), made(Pass, { seat, day: 'x' })]);
        await session.commit();
        await test(session, hall, seat);
      },
      { entities: [Hall, Seat, Ticket, Pass], ...(dialect === 'sqlite' && { url: 'sqlite::memory:' }) },
    );

  it.each(Object.entries(TWINS))(
    '19: is named by its fields and their values: %s',
    async (_, [twin, told]) => {
      await inHall(async (session, hall, seat) => {
        const error = { name: 'UniqueViolation', message: `${told} is taken already` };
        session.add(twin(hall, seat));
        await expect(session.commit()).rejects.toMatchObject(error);
        await session.rollback();
        const row: object = twin(hall, seat);
        await expect(session.em.insert(row)).rejects.toMatchObject(error);
      });
    },
  );

  it('19: is named where several objects were to be written, and where they share it', async () => {
    await inHall(async (session, hall, seat) => {
      const [free, other] = [made(Seat, { hall, label: 'B' }), made(Seat, { hall, label: 'C' })];
      session.addAll([free, other]);
      await session.commit();
      session.addAll([made(Pass, { seat: free, day: 'x' }), made(Pass, { seat, day: 'x' })]);
      await expect(session.commit()).rejects.toThrow("Pass.seat + day 'V, 1, A, x' is taken already");
      await session.rollback();
      session.addAll([made(Ticket, { seat: free }), made(Pass, { seat: other, day: 'y' })]);
      session.add(made(Pass, { seat: other, day: 'y' }));
      await expect(session.commit()).rejects.toThrow("Pass.seat + day 'V, 1, C, y' is taken already");
    });
  });

  it('15: what is not loaded is shown with the parts of its key', async () => {
    await inHall(async ({ em }) => {
      em.clear();
      const seat = em.getReference(Seat, [['V', 1], 'A'] as never);
      expect(inspect(seat)).toBe('Seat { V, 1, A <not loaded> }');
    });
  });
});
