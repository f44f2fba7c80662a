// The numbers in the names are those of docs/session.md.
import { defineEntity, p } from '@mikro-orm/core';
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
