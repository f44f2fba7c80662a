// The numbers in the names are those of docs/session.md.
import { defineEntity, p } from '@mikro-orm/core';
import { dialects } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';

class Spot {
  declare lat: number;
  declare lon: number | null;

  constructor(lat: number, lon: number | null = null) {
    this.lat = lat;
    this.lon = lon;
  }
}

class Place {
  declare street: string;
  declare spot: Spot | null;

  constructor(street: string, spot: Spot | null = null) {
    this.street = street;
    this.spot = spot;
  }
}

class Shop {
  declare id: number;
  declare inline: Place;
  declare json: Place | null;

  constructor() {
    this.inline = new Place('a', new Spot(1, 2));
    this.json = new Place('b', new Spot(1, 2));
  }
}

defineEntity({
  name: 'Spot',
  embeddable: true,
  properties: { lat: p.float(), lon: p.float().nullable() },
}).setClass(Spot);

defineEntity({
  name: 'Place',
  embeddable: true,
  properties: { street: p.string(), spot: () => p.embedded(Spot).nullable() },
}).setClass(Place);

defineEntity({
  name: 'Shop',
  properties: {
    id: p.integer().primary(),
    inline: () => p.embedded(Place),
    json: () => p.embedded(Place).object().nullable(),
  },
}).setClass(Shop);

const added = `s = new Shop(); add(s); commit(); [s.inline.spot.lat, s.json.spot.lat]
      [ 1, 1 ]`;

testScripts(
  'parts of embedded objects',
  [
    [
      '28, 18: what update() leaves out of JSON is gone in memory, and back after rollback()',
      `> ${added}
      > json = s.json; Shop.query.update({ json: { street: 'z' } }); s.json
      Place { street: 'z' }
      > [s.json === json, session.dirty]
      [ true, [] ]
      > rollback(); s.json
      Place { street: 'b', spot: Spot { lat: 1, lon: 2 } }
      > Shop.query.update({ json: { street: 'z', spot: { lat: 3 } } }); s.json
      Place { street: 'z', spot: Spot { lat: 3 } }
      > commit(); [s.json, session.dirty]
      [ Place { street: 'z', spot: Spot { lat: 3 } }, [] ]
      > s.json.spot.lon = 4; s.json.street = 'y'; rollback(); s.json
      Place { street: 'z', spot: Spot { lat: 3 } }`,
    ],
    [
      '18, 40: an embedded object of which a part was never given comes back with rollback(), and is not written',
      `> s = new Shop(); delete s.inline.spot; add(s); commit()
      committed 1 new (Shop)
      > s.inline = new Place('z', new Spot(3)); rollback(); [s.inline, session.dirty]
      [ Place { street: 'a', spot: null }, [] ]
      > commit(); s.inline = new Place('z', new Spot(3)); flush(); rollback(); session.dirty
      []
      > commit(); em.execute('select inline_street as street from shop')
      [ { street: 'a' } ]`,
    ],
    [
      '21, 36: nor is what another writer took out of JSON written again',
      `> ${added}
      > em.execute(\`update shop set json = '{"street":"y"}', inline_spot_lat = null, inline_spot_lon = null\`).length
      0
      > refresh(s); [s.json, s.inline]
      [ Place { street: 'y' }, Place { street: 'a', spot: null } ]
      > session.dirty
      []
      > em.execute(\`update shop set json = '{"spot":{"lon":5}}'\`).length
      0
      > expire(s); [s.json, session.dirty]
      [ Place { spot: Spot { lon: 5 } }, [] ]`,
    ],
    [
      '28: an embedded object in another is taken away by null',
      `> ${added}
      > Shop.query.update({ inline: { street: 'z', spot: null } }); s.inline
      Place { street: 'z', spot: null }
      > Shop.query.update({ 'inline.spot': { lat: 5 } }); s.inline.spot.lat
      5
      > Shop.query.update({ 'inline.spot': null }); s.inline
      Place { street: 'z', spot: null }
      > rollback(); s.inline
      Place { street: 'a', spot: Spot { lat: 1, lon: 2 } }`,
    ],
  ],
  dialects,
  { Shop, Place, Spot },
);

/** What brings the row in again. */
const reloads = ['commit()', 'rollback()', 'expire(a)', 'refresh(a)', 'flush()'] as const;

testScripts('what can be changed in place', [
  ...reloads.map((reload): Script => [
    `18, 40: is the same object after ${reload}, and what is then changed of it is a change`,
    `> a = new Author('a'); a.past = [new Place('x'), new Place('y')]; add(a); commit(); list = a.past; [x, y] = list; meta = a.meta; at = a.at; list.length
    2
    > ${reload}; [a.past === list, a.past[0] === x, a.past[1] === y, a.meta === meta, a.at === at]
    [ true, true, true, true, true ]
    > y.city = 'z'; meta.n = 2; at.setFullYear(2030); session.dirty.length
    1
    > commit(); [a.past[1].city, a.meta.n, a.at.getFullYear()]
    [ 'z', 2, 2030 ]`,
  ]),
  ...reloads.slice(1, 4).map((reload): Script => [
    `18, 40: what was assigned and taken back by ${reload} keeps what is in it`,
    `> a = new Author('a'); add(a); commit(); [x] = a.past; x.city
    'Oslo'
    > list = [new Place('n')]; a.past = list; ${reload}; [list[0].city, a.past[0].city]
    [ 'n', 'Oslo' ]
    > part = new Place('p'); list = a.past; list[0] = part; ${reload}; [part.city, a.past[0].city]
    [ 'p', 'Oslo' ]
    > a.past[0].city = 'q'; ${reload}; a.past[0].city
    'Oslo'
    > a.past[0].city = 'q'; commit(); a.past
    [ Place { city: 'q', zip: '0150' } ]`,
  ]),
  [
    '21: what another session wrote comes into the objects, at their places',
    `> a = new Author('a'); a.past = [new Place('x'), new Place('y')]; add(a); commit(); [x, y] = a.past; y.city
    'y'
    > other(\`update author set past = '[{"city":"q"}]'\`); refresh(a); [a.past.length, a.past[0] === x, x.city, x.zip, y.city]
    [ 1, true, 'q', undefined, 'y' ]
    > a.past = [y, x]; commit(); [a.past[0] === y, a.past[1] === x]
    [ true, true ]`,
  ],
]);

testScripts('what two lists of embedded objects share', [
  [
    '40: a reload of one object changes nothing of another',
    `> a = new Author('a'); b = new Author('b'); b.past = []; addAll([a, b]); commit(); b.past = [...a.past]; commit()
    committed 1 changed (Author)
    > Author.query.filterBy({ name: 'b' }).update({ past: [new Place('Bonn')] }); [b.past[0].city, a.past[0].city]
    [ 'Bonn', 'Oslo' ]
    > commit(); session.dirty
    []
    > a.past[0].city = 'Bern'; commit(); [b.past[0].city, a.past[0].city]
    [ 'Bonn', 'Bern' ]`,
  ],
]);

/** With fields that are named as methods of lists are, and a relation. */
class Leg {
  declare at: Date;
  declare map: string;
  declare port: Port | null;

  constructor(port: Port) {
    this.at = new Date(0);
    this.map = 'm';
    this.port = port;
  }
}

class Port {
  declare id: number;
  declare name: string;
}

class Trip {
  declare id: number;
  declare legs: Leg[];
}

defineEntity({
  name: 'Leg',
  embeddable: true,
  properties: { at: p.datetime(), map: p.string(), port: () => p.manyToOne(Port).nullable() },
}).setClass(Leg);

defineEntity({ name: 'Port', properties: { id: p.integer().primary(), name: p.string() } }).setClass(Port);

defineEntity({
  name: 'Trip',
  properties: { id: p.integer().primary(), legs: () => p.embedded(Leg).array() },
}).setClass(Trip);

testScripts(
  'what a list of embedded objects may hold',
  [
    [
      '35: fields that are named as methods of lists are, and relations',
      `> q = new Port({ name: 'q' }); add(q); commit(); t = new Trip({ legs: [new Leg(q)] }); add(t); commit()
      committed 1 new (Trip)
      > [t.id, t.legs[0].at.getTime(), t.legs[0].map, t.legs[0].port === q]
      [ 1, 0, 'm', true ]
      > t.legs[0].map = 'n'; commit(); em.clear(); t = Trip.query.one(); [t.legs[0].map, t.legs[0].port.name]
      [ 'n', 'q' ]`,
    ],
  ],
  dialects,
  { Leg, Port, Trip },
);
