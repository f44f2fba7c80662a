// The numbers in the names are those of docs/session.md.
import { type Script, testScripts } from '../../../support/typed.ts';

/** A kind of property: what it held, what is assigned, and the column. */
interface Kind {
  readonly kind: string;
  readonly object: string;
  readonly name: string;
  readonly before: string;
  readonly assigned: string;
  /** How the assigned value is shown, where that is not as it is written. */
  readonly shown?: string;
}

const begin = `
  > a = new Author('a'); c = new Author('c'); p = new Profile('p'); b = new Book('b', a); o = new Book('o'); p.author = a
  > k = new Country('k', 'K'); s = new Student('s'); m = new Course('m'); e = new Enrollment(s, m, 3)
  > addAll([c, p, b, o, k, e]); commit()
  committed 9 new (Author, Book, Country, Course, Enrollment, Profile, Student)`;

const kinds: readonly Kind[] = [
  { kind: 'a plain field', object: 'b', name: 'price', before: '3', assigned: '40' },
  { kind: 'a plain field of a composite key', object: 'e', name: 'grade', before: '3', assigned: '4' },
  { kind: 'a field that was null', object: 'a', name: 'age', before: 'null', assigned: '40' },
  { kind: 'a lazy field', object: 'a', name: 'bio', before: "'a wrote'", assigned: "'x'" },
  { kind: 'a lazy field emptied', object: 'a', name: 'bio', before: "'a wrote'", assigned: 'null' },
  { kind: 'JSON', object: 'a', name: 'meta', before: '{ n: 1 }', assigned: '{ m: 2 }' },
  { kind: 'JSON emptied', object: 'a', name: 'meta', before: '{ n: 1 }', assigned: 'null' },
  {
    kind: 'a date',
    object: 'a',
    name: 'at',
    before: '2020-01-02T03:04:05.000Z',
    assigned: 'new Date(0)',
    shown: '1970-01-01T00:00:00.000Z',
  },
  {
    kind: 'bytes',
    object: 'a',
    name: 'bytes',
    before: 'Uint8Array(3) [ 1, 2, 3 ]',
    assigned: 'new Uint8Array([9])',
    shown: 'Uint8Array(1) [ 9 ]',
  },
  {
    kind: 'a bigint',
    object: 'a',
    name: 'big',
    before: '2n',
    assigned: '2n ** 50n',
    shown: '1125899906842624n',
  },
  { kind: 'an enum', object: 'a', name: 'kind', before: "'x'", assigned: "'y'" },
  {
    kind: 'an embedded object',
    object: 'a',
    name: 'home',
    before: "Place { city: 'Rome', zip: '00100' }",
    assigned: "new Place('Bonn')",
    shown: "Place { city: 'Bonn', zip: null }",
  },
  {
    kind: 'an embedded object in one column',
    object: 'a',
    name: 'away',
    before: 'null',
    assigned: "new Place('Bonn', '5')",
    shown: "Place { city: 'Bonn', zip: '5' }",
  },
  {
    kind: 'embedded objects in a list',
    object: 'a',
    name: 'past',
    before: "[ Place { city: 'Oslo', zip: '0150' } ]",
    assigned: '[]',
  },
  {
    kind: 'a many-to-one relation',
    object: 'b',
    name: 'author?.name',
    before: "'a'",
    assigned: 'c',
    shown: "'c'",
  },
  {
    kind: 'a many-to-one relation emptied',
    object: 'b',
    name: 'author?.name',
    before: "'a'",
    assigned: 'null',
    shown: "'none'",
  },
  {
    kind: 'a many-to-one relation that was empty',
    object: 'o',
    name: 'author?.name',
    before: "'none'",
    assigned: 'a',
    shown: "'a'",
  },
  {
    kind: 'a one-to-one relation',
    object: 'p',
    name: 'author?.name',
    before: "'a'",
    assigned: 'c',
    shown: "'c'",
  },
  {
    kind: 'a one-to-one relation emptied',
    object: 'p',
    name: 'author?.name',
    before: "'a'",
    assigned: 'null',
    shown: "'none'",
  },
  {
    kind: 'the other side of one',
    object: 'c',
    name: 'profile?.text',
    before: "'none'",
    assigned: 'p',
    shown: "'p'",
  },
  {
    kind: 'the other side of one emptied',
    object: 'a',
    name: 'profile?.text',
    before: "'p'",
    assigned: 'null',
    shown: "'none'",
  },
  { kind: 'a natural key', object: 'k', name: 'code', before: "'k'", assigned: "'l'" },
];

/** What follows the assignment, and whether it was kept; `look` is a read of the property. */
const keeping: Readonly<Record<string, (assign: string, look: string) => string>> = {
  'commit()': assign => `> ${assign}; commit()\n committed 1 changed (@)`,
  'a look at all others, and commit()': assign =>
    `> ${assign}; touch = [a.name, c.name, b.title, p.text, o.title, a.profile, c.profile, k.name, e.grade]; commit()\n committed 1 changed (@)`,
  'a query, and commit()': assign => `> ${assign}; Author.query.all(); commit()\n committed 1 changed (@)`,
  'a failed commit() that is mended': assign =>
    `> ${assign}; x = new Author('a'); add(x); commit()\n Uncaught UniqueViolation\n > expunge(x); commit()\n committed 1 changed (@)`,
  'the same in nested()': assign => `> nested(() => { ${assign} }); commit()\n committed 1 changed (@)`,
};

const takingBack: Readonly<Record<string, (assign: string, object: string) => string>> = {
  'rollback()': assign => `> ${assign}; rollback()\n rolled back 1 changed (@)`,
  'flush() and rollback()': assign => `> ${assign}; flush(); rollback()\n rolled back 1 changed (@)`,
  'a query and rollback()': assign =>
    `> ${assign}; Author.query.all(); rollback()\n rolled back 1 changed (@)`,
  'a failed commit() and rollback()': assign =>
    `> ${assign}; x = new Author('a'); add(x); commit()\n Uncaught UniqueViolation\n > expunge(x); rollback()\n rolled back 1 changed (@)`,
  'nested() that fails': assign =>
    `> nested(() => { ${assign}; throw new Error('no') })\n Uncaught Error: no`,
  'expire()': (assign, object) => `> ${assign}; expire(${object})`,
  'refresh()': (assign, object) => `> ${assign}; refresh(${object})`,
};

const classes: Readonly<Record<string, string>> = {
  a: 'Author',
  b: 'Book',
  o: 'Book',
  p: 'Profile',
  e: 'Enrollment',
  k: 'Country',
};

function scriptsOf({ kind, object, name, before, assigned, shown = assigned }: Kind): Script[] {
  const [field = '', other] = name.split('?.');
  const look = `${object}.${name}${other === undefined ? '' : " ?? 'none'"}`;
  const assign = `${object}.${field} = ${assigned}`;
  // The other side of a relation is a change of the entity that has the column.
  const owner = other === 'text' ? 'p' : object;
  const written = (script: string) => script.replaceAll('@', classes[owner] ?? '');
  return [
    ...Object.entries(keeping).map(([how, follow]): Script => [
      `40: ${kind}, assigned on an expired object, is kept by ${how}`,
      `${begin}\n${written(follow(assign, look))}\n> ${look}\n${shown}\n> commit()\nnothing to commit`,
    ]),
    ...Object.entries(takingBack).map(([how, follow]): Script => [
      `40: ${kind}, assigned on an expired object, is taken back by ${how}`,
      `${begin}\n${written(follow(assign, owner))}\n> ${look}\n${before}\n> commit()\nnothing to commit`,
    ]),
  ];
}

const others: readonly Script[] = [
  [
    '34, 40: a relation that is a part of the key',
    `> s = new Student('s'); m = new Course('m'); k = new Course('k'); e = new Enrollment(s, m, 3); addAll([e, k]); commit()
    committed 4 new (Course, Enrollment, Student)
    > e.course = k; e.grade; commit(); other('select course_id from enrollment')[0].course_id === k.id
    true
    > e.course = null; commit()
    Uncaught MissingValue: Enrollment.course has no value, and it needs one
    > rollback(); [e.course === k, get(Enrollment, [s.id, k.id]) === e]
    [ true, true ]`,
  ],
  [
    '40: a place in a one-to-one relation that another object takes',
    `> a = new Author('a'); p = new Profile('p'); p.author = a; add(p); commit()
    committed 2 new (Author, Profile)
    > q = new Profile('q'); a.profile = q; commit()
    committed 1 new (Profile), 1 changed (Profile)
    > [p.author, q.author === a, a.profile === q]
    [ null, true, true ]`,
  ],
  [
    '40: references that were never loaded',
    `> add(new Author('a')); commit(); em.clear(); r = em.getReference(Author, 1); r.name = 'q'; session.dirty.length
    1
    > [r.age, r.name]
    [ null, 'q' ]
    > rollback(); [r.name, session.dirty]
    [ 'a', [] ]
    > em.clear(); r = em.getReference(Author, 1); r.name = 'w'; Author.query.count(); rollback(); r.name
    'a'
    > em.clear(); r = em.getReference(Author, 1); r.name = 'w'; r.kind = null; commit()
    committed 1 changed (Author)
    > [r.name, r.kind, r.bio]
    [ 'w', null, 'a wrote' ]`,
  ],
  [
    '40: what it was, assigned again after the row was read',
    `> a = new Author('a'); add(a); commit(); a.meta
    { n: 1 }
    > commit(); a.meta = { n: 1 }; a.home = new Place('Rome', '00100'); a.name; [a.meta, a.home] = [{ n: 1 }, new Place('Rome', '00100')]
    > session.dirty.length
    1
    > rollback(); session.dirty
    []`,
  ],
  [
    '39: a version is counted, and not assigned',
    `> a = new Author('a'); a.version = 7; add(a); commit(); a.version
    1
    > a.version = 9
    Uncaught BadArgument: Author.version is counted with each change and cannot be assigned
    > commit(); a.version++
    Uncaught BadArgument: Author.version is counted with each change and cannot be assigned
    > a.name = 'b'; commit(); a.version
    2
    > Author.query.update({ version: 9 }); a.name = 'c'; commit(); a.version
    10
    > expunge(a); a.version = 3; a.version
    3`,
  ],
  [
    '12: null takes an object out of the list that it was in, and a Date that is changed in place is a change',
    `> a = new Author('a'); b = new Book('b', a); add(b); commit(); [a.books.length, b.title]
    [ 1, 'b' ]
    > b.author = null; a.books
    []
    > rollback(); a.books.length
    1
    > a.at.setUTCFullYear(2001); commit()
    committed 1 changed (Author)
    > a.at.setUTCFullYear(2002); rollback(); a.at
    2001-01-02T03:04:05.000Z`,
  ],
];

testScripts('assignments on expired objects', [...kinds.flatMap(scriptsOf), ...others], ['sqlite']);

// A server takes longer: of each kind one script, and another one of the next kind.
testScripts(
  'assignments on expired objects',
  [
    ...kinds.flatMap((kind, index) => scriptsOf(kind).filter((_, which) => which === (index * 5) % 12)),
    ...others,
  ],
  ['postgresql'],
);
