// The numbers in the names are those of docs/session.md.
import { defineEntity, p } from '@mikro-orm/core';
import { dialects } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';

class Place {
  declare city: string;
  declare loud: string;

  constructor(city: string) {
    this.city = city;
  }
}

class Board {
  declare id: number;
  declare text: string;
  declare note: string;
  declare version: number;
  declare place: Place;
  declare letters: number;
  declare loud: string;

  constructor(text: string) {
    Object.assign(this, { text, note: 'n', place: new Place(text) });
  }
}

class Label {
  declare code: string;

  constructor(code: string) {
    this.code = code;
  }
}

defineEntity({
  name: 'Place',
  embeddable: true,
  properties: {
    city: p.string(),
    loud: p.string().formula(columns => `upper(${columns.place_city})`),
  },
}).setClass(Place);

defineEntity({
  name: 'Board',
  properties: {
    id: p.integer().primary(),
    text: p.string(),
    note: p.string(),
    version: p.integer().version(),
    place: () => p.embedded(Place),
    letters: p.integer().formula(columns => `length(${columns.text})`),
    loud: p
      .string()
      .formula(columns => `upper(${columns.text})`)
      .lazy(),
  },
}).setClass(Board);

defineEntity({ name: 'Label', properties: { code: p.string().primary() } }).setClass(Label);

/** Ways in which a change is flushed, formulas of it are first read, and all is undone. */
const undone = [
  [
    'rollback()',
    "s.text = 'bb'; [s.letters, s.loud, s.place.loud]; rollback()",
    'rolled back 1 changed (Board)',
  ],
  [
    'nested() that throws',
    "nested(() => { s.text = 'bb'; s.letters; s.loud; throw new Error('no') })",
    'Uncaught Error: no',
  ],
  [
    'a commit that fails',
    "add(new Label('x')); s.text = 'bb'; [s.letters, s.loud]; add(new Label('x')); commit()",
    'Uncaught UniqueViolation',
  ],
  [
    'em.transactional() that throws',
    "em.transactional(async inner => { s.text = 'bb'; await inner.flush(); await inner.populate(s, ['loud']); await inner.refresh(s); throw new Error('no') })",
    'Uncaught Error: no',
  ],
  [
    'em.transactional() that throws, where the session reads',
    "em.transactional(async inner => { s.text = 'bb'; await inner.flush(); s.letters; s.loud; throw new Error('no') })",
    'Uncaught Error: no',
  ],
  [
    'em.transactional() that throws, and has changed rows alone',
    "em.transactional(async inner => { await inner.nativeUpdate(Board, {}, { text: 'bb' }); await inner.refresh(s, { populate: ['loud'] }); throw new Error('no') })",
    'Uncaught Error: no',
  ],
] as const;

testScripts(
  'formulas',
  [
    ...undone.map(([what, change, answer]): Script => [
      `18, 19, 31: what was first read of them after a flush is forgotten with it, by ${what}`,
      `> s = new Board('a'); add(s); commit(); s.note
      'n'
      > ${change}
      ${answer}
      > [s.letters, s.loud, s.place.loud]
      [ 1, 'A', 'A' ]
      > rollback(); [s.text, s.letters, s.loud]
      [ 'a', 1, 'A' ]
      > s.text = 'ccc'; flush(); [s.letters, s.loud]
      [ 3, 'CCC' ]`,
    ]),
    [
      '6: what em.refresh() has read of them is read anew once it has expired',
      `> s = new Board('a'); add(s); commit(); s.note; em.refresh(s, { populate: ['loud'] }); s.loud
      'A'
      > other("update board set text = 'bb'"); commit(); [s.text, s.loud]
      [ 'bb', 'BB' ]`,
    ],
    [
      '21, 41: after a flush they alone are read anew, and the rest of the row is not',
      `> s = new Board('a'); add(s); commit(); [s.letters, s.loud, s.note]
      [ 1, 'A', 'n' ]
      > other("update board set note = 'other'")
      []
      > s.text = 'bb'; flush(); [s.note, s.letters, s.loud, s.note]
      [ 'n', 2, 'BB', 'n' ]
      > s.note = 'n'; session.dirty
      []
      > s.text = 'ccc'; flush(); Board.query.one() === s; [s.note, s.letters, s.loud, s.note]
      [ 'n', 3, 'CCC', 'n' ]
      > commit(); s.note
      'other'`,
    ],
    [
      '21: what is in columns is there after a flush without a query',
      `> s = new Board('a'); add(s); commit(); [s.letters, s.note]
      [ 1, 'n' ]
      > s.text = 'bb'; flush(); queries = 0; session.sql.subscribe(() => { queries++ }); [s.note, s.text, queries]
      [ 'n', 'bb', 0 ]
      > [s.letters, queries]
      [ 2, 1 ]`,
    ],
    [
      '36, 41: to read them anew is not to read the version',
      `> s = new Board('a'); add(s); commit(); s.letters
      1
      > s.text = 'bb'; em.flush()
      > other("update board set note = 'other', version = version + 1")
      []
      > s.letters
      2
      > s.text = 'c'; commit()
      Uncaught StaleRow: Board 1 was changed or deleted by somebody else since it was read
      > refresh(s); s.text = 'c'; commit(); [s.note, s.letters]
      [ 'other', 1 ]`,
    ],
    [
      '41: those in embedded objects are, too',
      `> s = new Board('a'); add(s); commit(); s.place
      Place { city: 'a', loud: 'A' }
      > other("update board set note = 'other'")
      []
      > s.place.city = 'b'; flush(); [s.place, s.note]
      [ Place { city: 'b', loud: 'B' }, 'n' ]
      > rollback(); s.place
      Place { city: 'a', loud: 'A' }`,
    ],
    [
      '19: after a commit that failed they are what they were',
      `> add(new Label('x')); s = new Board('a'); add(s); commit(); [s.letters, s.loud]
      [ 1, 'A' ]
      > s.text = 'bb'; flush(); [s.letters, s.loud]
      [ 2, 'BB' ]
      > twin = new Label('x'); add(twin); commit()
      Uncaught UniqueViolation
      > [s.text, s.letters, session.dirty.length]
      [ 'bb', 1, 1 ]
      > expunge(twin); s.text = 'ccc'; commit(); [s.letters, s.loud]
      [ 3, 'CCC' ]`,
    ],
    [
      '19: those of a new object are read anew once it is inserted again',
      `> add(new Label('x')); commit(); s = new Board('a'); add(s); flush(); [s.letters, s.loud, s.place.loud]
      [ 1, 'A', 'A' ]
      > twin = new Label('x'); add(twin); commit()
      Uncaught UniqueViolation
      > expunge(twin); s.text = 'ccc'; s.place.city = 'd'; flush(); [s.letters, s.loud, s.place.loud]
      [ 3, 'CCC', 'D' ]`,
    ],
  ],
  dialects,
  { Board, Place, Label },
);
