// The numbers in the names are those of docs/session.md.
import { Collection, defineEntity, p } from '@mikro-orm/core';
import { dialects } from '../../../support/databases.ts';
import { testScripts } from '../../../support/typed.ts';

class Named {
  declare id: number;
  declare name: string;

  constructor(name: string, values: object = {}) {
    Object.assign(this, { name, ...values });
  }
}

/** Its captain is a sailor, and each sailor has a ship, so that neither table comes first. */
class Ship extends Named {
  declare captain: Sailor | null;
  crew = new Collection<Sailor>(this);
  decks = new Collection<Deck>(this);
}

class Sailor extends Named {
  declare ship: Ship | null;
  declare leads: Ship | null;
}

/** The ship is a part of its key. */
class Deck {
  declare ship: Ship;
  declare no: number;
  cabins = new Collection<Cabin>(this);

  constructor(ship: Ship, no: number) {
    this.ship = ship;
    this.no = no;
  }
}

/** The deck, and with it the ship, is a part of its key. */
class Cabin {
  declare deck: Deck;
  declare no: number;
  guests = new Collection<Sailor>(this);

  constructor(deck: Deck, no: number) {
    this.deck = deck;
    this.no = no;
  }
}

/** Its key is a ship. */
class Log {
  declare ship: Ship;
  declare text: string;

  constructor(ship: Ship, text: string) {
    this.ship = ship;
    this.text = text;
  }
}

class Page extends Named {
  declare log: Log;
}

const key = { id: p.integer().primary(), name: p.string() };

defineEntity({
  name: 'Ship',
  properties: {
    ...key,
    captain: () => p.oneToOne(Sailor).inversedBy('leads').nullable(),
    crew: () => p.oneToMany(Sailor).mappedBy('ship'),
    decks: () => p.oneToMany(Deck).mappedBy('ship'),
  },
}).setClass(Ship);
defineEntity({
  name: 'Sailor',
  properties: {
    ...key,
    ship: () => p.manyToOne(Ship).nullable(),
    leads: () => p.oneToOne(Ship).mappedBy('captain').nullable(),
  },
}).setClass(Sailor);
defineEntity({
  name: 'Deck',
  properties: {
    ship: () => p.manyToOne(Ship).primary(),
    no: p.integer().primary(),
    cabins: () => p.oneToMany(Cabin).mappedBy('deck'),
  },
}).setClass(Deck);
defineEntity({
  name: 'Cabin',
  properties: {
    deck: () => p.manyToOne(Deck).primary(),
    no: p.integer().primary(),
    guests: () => p.manyToMany(Sailor),
  },
}).setClass(Cabin);
defineEntity({
  name: 'Log',
  properties: { ship: () => p.oneToOne(Ship).primary().owner(), text: p.string() },
}).setClass(Log);
defineEntity({ name: 'Page', properties: { ...key, log: () => p.manyToOne(Log) } }).setClass(Page);

const held = (who: string, by: string) =>
  `Uncaught ForeignKeyViolation: The key of ${who} cannot change: ${by} refers to it, and has no updateRule('cascade')`;

testScripts(
  'keys that are referred to',
  [
    [
      '34: a key is a part of those of other objects, which the database changes with it',
      `> s = new Ship('s'); d = new Deck(s, 1); c = new Cabin(d, 7); g = new Sailor('g'); c.guests.add(g); addAll([d, c]); commit()
      committed 4 new (Cabin, Deck, Sailor, Ship)
      > d.no = 2; commit(); [get(Cabin, [[s.id, 2], 7]) === c, get(Cabin, [[s.id, 1], 7]), c.deck === d, c.guests[0] === g]
      [ true, null, true, true ]
      > other('select cabin_deck_no, sailor_id from cabin_guests')
      [ { cabin_deck_no: 2, sailor_id: 1 } ]
      > d.no = 3; flush(); rollback(); [d.no, get(Cabin, [[s.id, 2], 7]) === c]
      [ 2, true ]
      > d.ship = new Ship('t'); commit(); [c.deck === d, get(Cabin, [[d.ship.id, 2], 7]) === c]
      [ true, true ]`,
    ],
    [
      '19, 34: where the database does not, that is said, and by what',
      `> s = new Ship('s'); d = new Deck(s, 1); add(d); a = new Sailor('a', { ship: s }); add(a); commit(); s.id = 50; commit()
      ${held('Ship 1', 'Sailor.ship')}
      > a.ship = null; flush()
      ${held('Ship 1', 'Deck.ship')}
      > rollback(); a.ship = null; flush(); s.id = 50; commit()
      ${held('Ship 1', 'Deck.ship')}
      > rollback(); [s.id, a.ship === s, d.ship === s, session.dirty]
      [ 1, true, true, [] ]
      > l = new Log(new Ship('t'), 'x'); add(l); add(new Page('p', { log: l })); commit(); l.ship.id = 60; commit()
      ${held('Log 2', 'Page.log')}`,
    ],
    [
      '34: what refers no longer to an object whose key changes is written before that, also by em.flush()',
      `> a = new Sailor('a'); s = new Ship('s', { captain: a }); add(s); commit(); s.captain = null; a.id = 50; commit()
      committed 2 changed (Sailor, Ship)
      > [a.id, a.leads, s.captain, get(Sailor, 50) === a]
      [ 50, null, null, true ]
      > s.captain = a; commit(); s.captain = null; s.name = 't'; a.id = 60; em.flush(); [s.name, a.leads, get(Sailor, 60) === a]
      [ 't', null, true ]
      > b = new Sailor('b'); s.captain = a; add(b); commit(); s.captain = b; a.id = 70; em.transactional(async () => {}); [b.leads === s, a.leads]
      [ true, null ]
      > b.ship = s; p = new Ship('p', { captain: a }); add(p); commit(); s.captain = a; p.captain = null; b.id = 80; commit(); [a.leads === s, p.captain, b.leads]
      [ true, null, null ]
      > l = new Log(p, 'x'); add(l); commit(); remove(l); p.id = 90; commit()
      committed 1 changed (Ship), 1 removed (Log)
      > s.captain = null; a.id = 99; flush(); rollback(); [s.captain === a, a.id, session.dirty]
      [ true, 70, [] ]`,
    ],
    [
      '19, 34: a key that waits for a new row cannot change together with what comes to refer to it',
      `> l = new Log(new Ship('s'), 'x'); add(l); commit(); l.ship = new Ship('t'); add(new Page('p', { log: l })); commit()
      Uncaught ForeignKeyViolation: The key of Log 1 cannot change together with a new Page that refers to it: flush() in between
      > expunge(session.new.find(each => each instanceof Page)); commit()
      committed 1 new (Ship), 1 changed (Log)`,
    ],
    [
      '34: what comes to refer to an object whose key changes is written after that',
      `> a = new Sailor('a'); s = new Ship('s', { captain: a }); add(s); commit(); s.captain = null; flush(); a.id = 50; s.captain = a; commit()
      committed 2 changed (Sailor, Ship)
      > s.captain = null; commit(); a.id = 60; t = new Ship('t', { captain: a }); add(t); commit()
      committed 1 new (Ship), 1 changed (Sailor)
      > em.clear(); Ship.query.filterBy({ name: 't' }).one().captain.id
      60
      > a = get(Sailor, 60); t = a.leads; t.captain = null; em.flush(); a.id = 70; em.flush(); t.captain = a; em.flush(); em.clear(); Ship.query.filterBy({ name: 't' }).one().captain.id
      70`,
    ],
  ],
  dialects,
  { Ship, Sailor, Deck, Cabin, Log, Page },
);
