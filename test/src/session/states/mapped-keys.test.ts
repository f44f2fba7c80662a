// The numbers in the names are those of docs/session.md.
import { Collection, defineEntity, p } from '@mikro-orm/core';
import { dialects } from '../../../support/databases.ts';
import { testScripts } from '../../../support/typed.ts';

class Owner {
  declare id: number;
  declare name: string;
  kids = new Collection<Kid>(this);

  constructor(name: string) {
    this.name = name;
  }
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
  name: 'Owner',
  properties: {
    id: p.integer().primary(),
    name: p.string(),
    kids: () => p.oneToMany(Kid).mappedBy('owner'),
  },
}).setClass(Owner);
defineEntity({
  name: 'Kid',
  properties: {
    id: p.integer().primary(),
    name: p.string(),
    owner: () => p.manyToOne(Owner).mapToPk().inversedBy('kids').nullable(),
  },
}).setClass(Kid);

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
  ],
  dialects,
  { Owner, Kid },
);
