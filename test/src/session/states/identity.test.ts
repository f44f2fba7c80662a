// The numbers in the names are those of docs/session.md.
import { type Script, testScripts } from '../../../support/typed.ts';

const loaded = `
  > t = new Country('de', 'Germany'); add(t); commit(); t.name
  'Germany'`;
const unharmed = `
  > [t.name, get(Country, 'de') === t]
  [ 'Germany', true ]
  > t.name = 'DE'; commit()
  committed 1 changed (Country)`;

/** What may become of a pending object with the key of a loaded one. */
const twins: readonly Script[] = [
  ['is rolled back', "> u = new Country('de', 'D'); add(u); rollback()\nrolled back 1 new (Country)"],
  ['is expunged', "> u = new Country('de', 'D'); add(u); expunge(u)"],
  [
    'fails in nested()',
    "> nested(() => { add(new Country('de', 'D')); throw new Error('no') })\nUncaught Error: no",
  ],
  [
    'is mended by another key',
    `> u = new Country('de', 'D'); add(u); commit()
    Uncaught UniqueViolation
    > u.code = 'du'; commit()
    committed 1 new (Country)
    > get(Country, 'du') === u
    true`,
  ],
  [
    'takes the place of a removed one and is rolled back',
    `> remove(t); add(new Country('de', 'D')); flush(); rollback()
    rolled back 1 new (Country), 1 removed (Country)`,
  ],
  [
    'is reached by a cascade',
    "> k = new Town('k', new Country('de', 'D')); add(k); rollback()\nrolled back 2 new (Country, Town)",
  ],
  [
    'gets the key when it is pending already',
    `> u = new Country('xx', 'D'); add(u); u.code = 'de'; rollback()
    rolled back 1 new (Country)`,
  ],
  [
    'fails a query',
    "> u = new Country('de', 'D'); add(u); Town.query.count()\nUncaught UniqueViolation\n> expunge(u)",
  ],
];

const scripts: readonly Script[] = [
  [
    '33: a pending twin of a composite key leaves the loaded object where it is',
    `> s = new Student('s'); m = new Course('m'); e = new Enrollment(s, m, 3); addAll([s, m, e]); commit(); e.grade
    3
    > add(new Enrollment(s, m, 9)); commit()
    Uncaught UniqueViolation
    > rollback(); [e.grade, get(Enrollment, [1, 1]) === e]
    [ 3, true ]`,
  ],
  [
    '33: a pending object is found under the key that it has when it is written',
    `> t = new Country('de', 'Germany'); add(t); t.code = 'du'; commit()
    committed 1 new (Country)
    > [get(Country, 'de'), get(Country, 'du') === t]
    [ null, true ]`,
  ],
  [
    '34: a generated key that is changed',
    `> k = new Town('k'); add(k); commit()
    committed 1 new (Town)
    > k.id = 50; commit(); [k.name, get(Town, 50) === k, get(Town, 1)]
    [ 'k', true, null ]`,
  ],
  [
    '34: a key of a type that converts it',
    `> a = new Star(1n, 'a'); add(a); commit(); a.id = 5n; commit()
    committed 1 changed (Star)
    > [a.name, get(Star, 5n) === a, get(Star, 1n)]
    [ 'a', true, null ]`,
  ],
  [
    '34: keys that move from one object to another are put back by rollback() and a failed commit',
    `> c = new Country('fr', 'France'); d = new Country('de', 'Germany'); addAll([c, d]); commit(); [c.name, d.name]
    [ 'France', 'Germany' ]
    > c.code = 'xx'; flush(); d.code = 'fr'; flush(); [get(Country, 'fr') === d, get(Country, 'xx') === c]
    [ true, true ]
    > rollback(); [c.code, c.name, d.code, d.name, get(Country, 'fr') === c, get(Country, 'de') === d]
    [ 'fr', 'France', 'de', 'Germany', true, true ]
    > c.code = 'de'; d.code = 'fr'; commit()
    Uncaught UniqueViolation
    > rollback(); [c.code, c.name, d.code, d.name]
    [ 'fr', 'France', 'de', 'Germany' ]
    > c.name = 'F'; commit(); other('select code, name from country order by code')
    [ { code: 'de', name: 'Germany' }, { code: 'fr', name: 'F' } ]`,
  ],
  [
    '34: a key through a relation; what is removed stays removed',
    `> s = new Student('s'); m = new Course('m'); k = new Course('k'); e = new Enrollment(s, m, 3); addAll([e, k]); commit()
    committed 4 new (Course, Enrollment, Student)
    > e.course = k; commit(); e.grade = 4; commit()
    committed 1 changed (Enrollment)
    > [get(Enrollment, [1, k.id]) === e, get(Enrollment, [1, m.id])]
    [ true, null ]
    > remove(s); remove(e); commit()
    committed 2 removed (Enrollment, Student)
    > commit()
    nothing to commit
    > other('select * from enrollment')
    []`,
  ],
  [
    '34: what refers to a changed key follows it',
    `> c = new Country('fr', 'France'); t = new Town('t', c); add(t); commit(); [t.name, c.name]
    [ 't', 'France' ]
    > c.code = 'xx'; commit(); [t.country === c, get(Country, 'xx') === c]
    [ true, true ]
    > other('select country_code from town')
    [ { country_code: 'xx' } ]
    > c.code = 'yy'; flush(); rollback(); [c.code, t.country === c, get(Country, 'xx') === c]
    [ 'xx', true, true ]`,
  ],
  [
    '34: a flushed key stays assigned when a commit fails, and the object is under the key of its row',
    `> c = new Country('fr', 'France'); d = new Country('de', 'Germany'); addAll([c, d]); commit(); [c.name, d.name]
    [ 'France', 'Germany' ]
    > c.code = 'xx'; flush(); d.name = 'France'; commit()
    Uncaught UniqueViolation
    > [c.code, get(Country, 'fr') === c]
    [ 'xx', true ]
    > d.name = 'G'; commit(); [get(Country, 'xx') === c, get(Country, 'fr')]
    [ true, null ]`,
  ],
  [
    '34: a key changed in nested() that fails, in em.transactional() and in a detached object',
    `> c = new Country('fr', 'France'); add(c); commit(); c.name
    'France'
    > nested(() => { c.code = 'xx'; flush(); throw new Error('no') })
    Uncaught Error: no
    > [c.code, c.name, get(Country, 'fr') === c]
    [ 'fr', 'France', true ]
    > em.transactional(async () => { c.code = 'tt' })
    > [get(Country, 'tt') === c, get(Country, 'fr'), c.name]
    [ true, null, 'France' ]
    > expunge(c); c.code = 'ee'; add(c); commit(); [get(Country, 'ee') === c, get(Country, 'tt'), c.name]
    [ true, null, 'France' ]`,
  ],
  [
    '18, 34: what refers to an object without a key is taken back with it',
    `> c = new Country('c', 'C'); t = new Town('t'); addAll([c, t]); commit(); [c.name, t.country]
    [ 'C', null ]
    > c.code = null; commit()
    Uncaught MissingValue: Country.code has no value, and it needs one
    > t.country = c; session.dirty.length
    2
    > commit()
    Uncaught MissingValue: Country.code has no value, and it needs one
    > rollback()
    rolled back 2 changed (Country, Town)
    > [t.country, c.code, c.towns.length, session.dirty]
    [ null, 'c', 0, [] ]`,
  ],
  [
    '34: a key that is assigned to a reference, or emptied',
    `> add(new Country('c', 'C')); commit(); em.clear(); r = em.getReference(Country, 'c'); r.code = 'd'; session.dirty.length
    1
    > flush(); rollback(); [r.code, r.name]
    [ 'c', 'C' ]
    > em.clear(); r = em.getReference(Country, 'c'); r.code = 'd'; commit(); [r.name, get(Country, 'd') === r]
    [ 'C', true ]
    > r.code = null; commit()
    Uncaught MissingValue: Country.code has no value, and it needs one
    > e = new Enrollment(new Student('s'), new Course('m'), 3); rollback(); add(e); commit(); e.course = null; commit()
    Uncaught MissingValue: Enrollment.course has no value, and it needs one
    > session.dirty.length
    1
    > rollback(); [r.code, e.course.name]
    [ 'd', 'm' ]`,
  ],
  [
    '34: a row is deleted by the key that it has',
    `> c = new Country('fr', 'France'); add(c); commit(); c.code = 'xx'; remove(c); commit()
    committed 1 removed (Country)
    > Country.query.count()
    0`,
  ],
  [
    '43: a row is looked for by the key that it has, and an object that was let go is detached',
    `> c = new Country('fr', 'France'); add(c); commit(); c.code = 'xx'; c.name
    'France'
    > [c.code, session.dirty.length]
    [ 'xx', 1 ]
    > commit(); em.clear(); c.name
    Uncaught Detached: Country.name is not loaded, and this Country is detached from the session
    > merge(c) === get(Country, 'xx')
    true
    > em.clear(); add(c); [c.name, get(Country, 'xx') === c]
    [ 'France', true ]`,
  ],
  [
    '42: the key of another class of the same table finds nothing, loaded or not',
    `> c = new Cat('c'); add(c); commit(); c.name
    'c'
    > [get(Dog, 1), get(Cat, 1) === c, get(Animal, 1) === c]
    [ null, true, true ]
    > em.clear(); [get(Dog, 1), get(Animal, 1).constructor.name]
    [ null, 'Cat' ]`,
  ],
  [
    '19: a version that a failed commit took back is that of the row',
    `> a = new Author('a'); b = new Author('b'); addAll([a, b]); commit(); [a.name, b.name]
    [ 'a', 'b' ]
    > a.age = 70; flush(); b.name = 'a'; commit()
    Uncaught UniqueViolation
    > b.name = 'c'; commit(); [a.age, a.version]
    [ 70, 2 ]`,
  ],
];

/** How a new object comes to refer to one whose key is changed by the same flush. */
const referring: readonly (readonly [string, string, string, string])[] = [
  ['a natural key', "c = new Country('x', 'X')", "c.code = 'y'; add(n = new Town('n', c))", 'c.towns[0]'],
  ['by a list', "c = new Author('x')", "c.id = 50; c.books.add(n = new Book('n'))", 'c.books[0]'],
  [
    'by a one-to-one relation',
    "c = new Author('x')",
    "c.id = 50; c.profile = n = new Profile('n')",
    'c.profile',
  ],
  ['by a many-to-many list', "c = new Author('x')", "c.id = 50; c.tags.add(n = new Tag('n'))", 'c.tags[0]'],
];

testScripts('the identity map', [
  ...twins.map(([what, twin]): Script => [
    `33: a pending twin that ${what} leaves the loaded object as it was`,
    `${loaded}\n${twin}\n${unharmed}`,
  ]),
  [
    '34: a key that is taken away is MissingValue',
    `> a = new Author('a'); e = new Enrollment(new Student('s'), new Course('c'), 1); addAll([a, e]); commit(); a.name
    'a'
    > a.id = null; commit()
    Uncaught MissingValue: Author.id has no value, and it needs one
    > rollback(); e.grade; e.course = null; commit()
    Uncaught MissingValue: Enrollment.course has no value, and it needs one`,
  ],
  [
    '28, 34: update() changes no key of what is loaded',
    `> c = new Country('x', 'X'); d = new Country('y', 'Y'); addAll([c, d]); commit(); c.name
    'X'
    > Country.query.filterBy({ name: 'X' }).update({ code: 'z' })
    Uncaught BadArgument: update() would change the key of Country x, which the session has
    > [c.name, String(session.pending)]
    [ 'X', 'nothing staged' ]
    > expunge(c); Country.query.filterBy({ name: 'X' }).update({ code: 'z' }); commit()
    committed 1 changed (Country)
    > [get(Country, 'z').name, Country.query.filterBy({ name: 'Q' }).update({ code: 'y' })]
    [ 'X', 0 ]`,
  ],
  ...referring.map(([what, make, change, other]): Script => {
    const wrong = "t = new Tag('t'); t.name = null; add(t)";
    return [
      `34: a new row is written after the key that it refers to, ${what}`,
      `> ${make}; add(c); commit(); ${change}; ${wrong}; commit()
      Uncaught MissingValue: Tag.name has no value, and it needs one
      > expunge(t); String(commit()).startsWith('committed 1 new (')
      true
      > ${other} === n
      true`,
    ];
  }),
  ...scripts,
]);
