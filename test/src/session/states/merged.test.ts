// The numbers in the names are those of docs/session.md.
import { dialects } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';

const author = "a = new Author('Ann')";

/** Relations to one, what makes an object that has one, and how a field of what it refers to is changed. */
const relations = [
  ['Book', 'author', `${author}; o = new Book('b', a)`, 'Author', "name = 'x'"],
  ['Town', 'country', "a = new Country('it', 'Italy'); o = new Town('Rome', a)", 'Country', "name = 'x'"],
  ['Guide', 'author', `${author}; o = new Guide('g'); o.author = a`, 'Author', "name = 'x'"],
  ['Profile', 'author', `${author}; o = new Profile('p'); o.author = a`, 'Author', "name = 'x'"],
  [
    'Author',
    'profile',
    `a = new Profile('p'); o = new Author('Ann'); o.profile = a`,
    'Profile',
    "text = 'x'",
  ],
] as const;

const scripts: readonly Script[] = [
  ...relations.flatMap(([name, relation, make, other, change]) =>
    [
      ['not looked at', ''],
      ['looked at', '[o.id, a];'],
    ].flatMap(([when, look = '']): Script[] => {
      const start = `> ${make}; addAll([o, a]); commit()
        committed 2 new (${[name, other].toSorted().join(', ')})`;
      return [
        [
          `22, 23: merge() gives the session's own object for what is referred to: ${name}.${relation}, ${when}`,
          `${start}
          > ${look} em.clear(); m = merge(o); [m === o, m.${relation} == a, session.has(m.${relation}${name === 'Guide' ? '.unwrap()' : ''}), session.dirty.length]
          [ false, false, true, 0 ]
          > commit()
          nothing to commit
          > m.${relation}.${change}; commit()
          committed 1 changed (${other})
          > ${other}.query.count()
          1`,
        ],
        [
          `22, 23: merge() gives the one that was loaded: ${name}.${relation}, ${when}`,
          `${start}
          > ${look} em.clear(); b = ${other}.query.one(); m = merge(o); [m.${relation}${name === 'Guide' ? '.unwrap()' : ''} === b, session.dirty.length]
          [ true, 0 ]
          > commit()
          nothing to commit
          > b.${change}; commit()
          committed 1 changed (${other})`,
        ],
      ];
    }),
  ),
  [
    '23: a relation that was changed since is changed by merge()',
    `> ${author}; o = new Book('b', a); c = new Author('Cid'); addAll([o, c]); commit()
    committed 3 new (Author, Book)
    > o.title; c.name; em.clear(); o.author = c; m = merge(o); [m.author === c, m.author.id === c.id]
    [ false, true ]
    > commit()
    committed 1 changed (Book)
    > m.author.name
    'Cid'`,
  ],
  [
    '23: what it refers to and has no row is refused, and nothing is changed',
    `> ${author}; o = new Book('b', a); add(o); commit()
    committed 2 new (Author, Book)
    > o.title; em.clear(); o.author = n = new Author('Cid'); merge(o)
    Uncaught InvalidState: Book.author is a new Author, and merge() only copies what has a row
    > commit()
    nothing to commit
    > o.author = null; m = merge(o); m.author = new Author('Cid'); commit()
    committed 1 new (Author), 1 changed (Book)`,
  ],
  [
    "23: an object whose row is gone is new, and refers to the session's own",
    `> ${author}; o = new Book('b', a); add(o); commit()
    committed 2 new (Author, Book)
    > o.title; em.clear(); Book.query.delete(); b = Author.query.one(); m = merge(o); m.author === b
    true
    > commit()
    committed 1 new (Book), 1 removed (Book)`,
  ],
];

testScripts('merge()', scripts, dialects);
