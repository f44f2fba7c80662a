// The numbers in the names are those of docs/session.md.
import { defineEntity, p } from '@mikro-orm/core';
import { testScripts } from '../../../support/typed.ts';

class Link {
  declare id: number;
  declare name: string;
  declare next: Link | null;

  constructor(name: string, next: Link | null = null) {
    this.name = name;
    this.next = next;
  }
}

/** One that goes with the one that has it. */
class Ring {
  declare id: number;
  declare next: Ring | null;

  constructor(next: Ring | null = null) {
    this.next = next;
  }
}

defineEntity({
  name: 'Link',
  properties: {
    id: p.integer().primary(),
    name: p.string(),
    next: () => p.manyToOne(Link).nullable(),
  },
}).setClass(Link);
defineEntity({
  name: 'Ring',
  properties: {
    id: p.integer().primary(),
    next: () => p.oneToOne(Ring).owner().orphanRemoval().nullable(),
  },
}).setClass(Ring);

// How deep the stack is has nothing to do with the database.
testScripts(
  'objects of which each refers to the next one',
  [
    [
      '6, 11: are written, however many there are',
      `> n = null; for (let i = 0; i < 4000; i++) n = new Link(String(i), n); add(n); session.new.length
      4000
      > commit()
      committed 4000 new (Link)
      > em.execute('select count(*) as n from link where id = next_id + 1 or next_id = id + 1')[0].n
      3999`,
    ],
    [
      '18, 38: are removed with the first one, and come back',
      `> n = null; for (let i = 0; i < 200; i++) n = new Ring(n); add(n); commit(); remove(n); session.deleted.length
      200
      > rollback()
      rolled back 200 removed (Ring)
      > remove(n); commit()
      committed 200 removed (Ring)`,
    ],
  ],
  ['sqlite'],
  { Link, Ring },
);
