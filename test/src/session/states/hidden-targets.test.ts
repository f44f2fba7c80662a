// The numbers in the names are those of docs/session.md.
import { dialects } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';
import { hidden } from '../../fixtures/hidden.ts';

/** What refers to a guest, and what makes one. */
const made = {
  Bill: "new Bill('1', g)",
  Seat: 'new Seat(g)',
  Visit: 'new Visit(g)',
  Badge: 'new Badge(g)',
};

/** Ways to read it. */
const reads = (name: string) => [
  'o',
  `${name}.query.all()`,
  `${name}.query.populate('guest').all()`,
  `em.find(${name}, {}, { populate: ['guest'], refresh: true })`,
  `em.find(${name}, {}, { populate: ['guest'], strategy: 'joined', refresh: true })`,
  'em.populate([o], ["guest"], { refresh: true })',
  'refresh(o)',
  ...(name === 'Bill' ? ['o.parts.length', "em.populate([o], ['parts'], { refresh: true })"] : []),
];

/** Those of them that made it null before it was written. */
const losing = (name: string) =>
  name === 'Bill'
    ? ['o', 'o.parts.length']
    : [`em.find(${name}, {}, { populate: ['guest'], refresh: true })`];

const stays: readonly Script[] = Object.entries(made).flatMap(([name, make]) =>
  reads(name).map((read): Script => [
    `15, 22: what a filter hides stays what is referred to: ${name}, ${read}`,
    `> g = new Guest(); o = ${make}; addAll([g, o]); commit()
    committed 2 new (${[name, 'Guest'].toSorted().join(', ')})
    > r = ${read}; [o.guest.id === g.id, o.guest.left, [...session.dirty].length]
    [ true, true, 0 ]
    > em.clear(); o = ${name}.query.one(); [o.guest.id, o.guest.left]
    [ 1, true ]
    > o.guest = null; commit()
    committed 1 changed (${name})
    > other("select guest_id from ${name.toLowerCase()}")[0].guest_id
    null`,
  ]),
);

const written: readonly Script[] = Object.entries(made).flatMap(([name, make]) =>
  losing(name).flatMap((read): Script[] => {
    const start = `> g = new Guest(); h = new Bill('2', g); addAll([g, h]); commit()
      committed 2 new (Bill, Guest)`;
    const end = `> other("select guest_id from ${name.toLowerCase()} order by id desc")[0].guest_id
      1`;
    return [
      [
        `18: rollback() keeps what a filter hides: ${name}, ${read}`,
        `${start}
        > o = ${make}; add(o); flush(); r = ${read}; rollback()
        rolled back 1 new (${name})
        > add(o); commit()
        committed 1 new (${name})
        ${end}`,
      ],
      [
        `19: a failed commit keeps what a filter hides: ${name}, ${read}`,
        `${start}
        > o = ${make}; add(o); flush(); r = ${read}; t = new Bill('2', g); add(t); commit()
        Uncaught UniqueViolation
        > expunge(t); commit()
        committed 1 new (${name})
        ${end}`,
      ],
      [
        `23: merge() keeps what a filter hides: ${name}, ${read}`,
        `${start}
        > o = ${make}; add(o); commit(); r = ${read}; expunge(o); o = merge(o); commit()
        nothing to commit
        ${end}`,
      ],
    ];
  }),
);

const others: readonly Script[] = [
  [
    '24: rows that are never without what is hidden stay hidden',
    `> addAll([o = new Stay(new Guest()), new Stay(new Guest(false))]); commit()
    committed 4 new (Guest, Stay)
    > [Stay.query.all().length, Stay.query.count()]
    [ 1, 1 ]
    > o; o.guest.left
    true
    > o.guest = null; commit()
    Uncaught MissingValue: Stay.guest has no value, and it needs one
    > rollback(); o.guest.left
    true`,
  ],
];

testScripts('what a filter hides', [...stays, ...written, ...others], dialects, hidden);
