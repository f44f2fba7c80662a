// The numbers in the names are those of docs/session.md.
import { Collection, defineEntity, p } from '@mikro-orm/core';
import { dialects } from '../../../support/databases.ts';
import { testScripts } from '../../../support/typed.ts';

class Town {
  declare id: number;
  chiefs = new Collection<Chief>(this);
}

class Owner {
  declare id: number;
  declare name: string;
  declare type: string;
  kids = new Collection<Kid>(this);

  constructor(name: string) {
    this.name = name;
  }
}

class Chief extends Owner {
  declare town: Town | null;
}

/** Holds the key of its owner. */
class Kid {
  declare id: number;
  declare name: string;
  declare owner: number | null;

  constructor(name: string, owner?: number | null) {
    this.name = name;
    if (owner !== undefined) this.owner = owner;
  }
}

defineEntity({
  name: 'Town',
  properties: { id: p.integer().primary(), chiefs: () => p.oneToMany(Chief).mappedBy('town') },
}).setClass(Town);
defineEntity({
  name: 'Owner',
  discriminatorColumn: 'type',
  discriminatorValue: 'owner',
  properties: {
    id: p.integer().primary(),
    name: p.string(),
    type: p.string(),
    kids: () => p.oneToMany(Kid).mappedBy('owner'),
  },
}).setClass(Owner);
defineEntity({
  name: 'Chief',
  extends: Owner,
  discriminatorValue: 'chief',
  properties: { town: () => p.manyToOne(Town).inversedBy('chiefs').nullable() },
}).setClass(Chief);
defineEntity({
  name: 'Kid',
  properties: {
    id: p.integer().primary(),
    name: p.string(),
    owner: () => p.manyToOne(Owner).mapToPk().inversedBy('kids').nullable(),
  },
}).setClass(Kid);

/** Has a key that is written otherwise than it is held. */
class Big {
  declare id: bigint;
  lows = new Collection<Low>(this);

  constructor(id?: bigint) {
    if (id !== undefined) this.id = id;
  }
}

/** Has a key of two parts. */
class Pair {
  declare a: number;
  declare b: string;
  lows = new Collection<Low>(this);

  constructor(a: number, b: string) {
    this.a = a;
    this.b = b;
  }
}

class Low {
  declare id: number;
  declare big: bigint | Big | null;
  declare pair: [number, string] | Pair | null;

  constructor(values: object = {}) {
    Object.assign(this, { big: null, pair: null, ...values });
  }
}

defineEntity({
  name: 'Big',
  properties: { id: p.bigint().primary(), lows: () => p.oneToMany(Low).mappedBy('big') },
}).setClass(Big);
defineEntity({
  name: 'Pair',
  properties: {
    a: p.integer().primary(),
    b: p.string().primary(),
    lows: () => p.oneToMany(Low).mappedBy('pair'),
  },
}).setClass(Pair);
defineEntity({
  name: 'Low',
  properties: {
    id: p.integer().primary(),
    big: () => p.manyToOne(Big).mapToPk().nullable(),
    pair: () => p.manyToOne(Pair).mapToPk().nullable(),
  },
}).setClass(Low as never);

/** What has a key, the property that holds that, and the key. */
const kinds = [
  ['new Big(2n ** 60n + 1n)', 'big', '1152921504606846977n'],
  ['new Big()', 'big', '1n'],
  ["new Pair(1, 'x')", 'pair', "[ 1, 'x' ]"],
] as const;

const begin = `> o = new Owner('o'); p = new Owner('p'); k = new Kid('k'); addAll([o, p, k]); commit(); [o.kids.length, p.kids.length]
  [ 0, 0 ]`;
const rows = "> other('select k.name, o.name as owner from kid k left join owner o on o.id = k.owner_id')";

testScripts(
  'a property that holds the key of what it refers to',
  [
    [
      '12, 18: shows in the lists of the other side at once, and no more after rollback()',
      `${begin}
      > k.owner = o.id; [o.kids.length, p.kids.length]
      [ 1, 0 ]
      > k.owner = p; [k.owner === p.id, o.kids.length, p.kids.length]
      [ true, 0, 1 ]
      > rollback(); [k.owner, o.kids.length, p.kids.length]
      [ null, 0, 0 ]
      > k.owner = p.id; commit(); [k.owner === p.id, p.kids[0] === k]
      [ true, true ]
      > k.owner = null; p.kids.length
      0
      > flush(); rollback(); [k.owner === p.id, p.kids.length]
      [ true, 1 ]`,
    ],
    ...['k.owner = o.id', 'k.owner = o', 'em.assign(k, { owner: o.id })'].map(
      (assigned): [string, string] => [
        `11: what it is assigned stays, where that was to be removed, by ${assigned}`,
        `${begin}
      > remove(o); ${assigned}; session.deleted.length
      0
      > commit()
      committed 1 changed (Kid)
      ${rows}
      [ { name: 'k', owner: 'o' } ]`,
      ],
    ),
    ...["k = new Kid('l', n)", "k = new Kid('l'); k.owner = n", "k = new Kid('l'); n.kids.add(k)"].map(
      (made): [string, string] => [
        `11: a new object is added with what has its key, by ${made}`,
        `> n = new Owner('n'); ${made}; add(k); add(n); session.new.length
        2
        > commit()
        committed 2 new (Kid, Owner)
        > [k.owner === n.id, n.kids.length, session.dirty.length]
        [ true, 1, 0 ]
        ${rows}
        [ { name: 'l', owner: 'n' } ]`,
      ],
    ),
    [
      '11, 19: and so is one that something of the session is assigned',
      `${begin}
      > n = new Owner('n'); k.owner = n; commit()
      committed 1 new (Owner), 1 changed (Kid)
      > [k.owner === n.id, n.kids[0] === k]
      [ true, true ]
      > k.owner = 99; commit()
      Uncaught ForeignKeyViolation: A row would refer to one that is not in the database
      > rollback(); k.owner === n.id
      true`,
    ],
    ...['k.owner = n', 'n.kids.add(k)'].map((given): [string, string] => [
      `11: what is given one that is new is written while another one is removed, by ${given}`,
      `${begin}
      > n = new Chief('n'); n.town = new Town(); add(n); ${given}; remove(p); commit()
      committed 2 new (Chief, Town), 1 changed (Kid), 1 removed (Owner)
      > [k.owner === n.id, Owner.query.count()]
      [ true, 2 ]`,
    ]),
    ...kinds.flatMap(([made, name, key]): [string, string][] =>
      [
        `o = ${made}; k = new Low({ ${name}: o }); add(k)`,
        `o = ${made}; k = new Low(); k.${name} = o; add(k)`,
        `o = ${made}; k = new Low(); o.lows.add(k); add(o)`,
        `o = ${made}; k = new Low(); addAll([o, k]); flush(); k.${name} = o`,
        `o = ${made}; k = new Low(); addAll([o, k]); flush(); o.lows.add(k)`,
      ].map(done => [
        `11, 12: is written as the key of the object: ${done}`,
        `> ${done}; commit(); [k.${name}, o.lows.length, o.lows[0] === k, session.dirty.length]
        [ ${key}, 1, true, 0 ]
        > k.${name} = o; session.dirty.length
        0
        > em.clear(); k = get(Low, 1); [o] = em.find(o.constructor, {}); [k.${name}, o.lows.length, session.dirty.length]
        [ ${key}, 1, 0 ]
        > k.${name} = null; commit(); o.lows.length
        0`,
      ]),
    ),
  ],
  dialects,
  { Owner, Chief, Kid, Town, Big, Pair, Low },
);
