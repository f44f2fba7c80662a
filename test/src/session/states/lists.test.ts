// The numbers in the names are those of docs/session.md.
import { type Script, testScripts } from '../../../support/typed.ts';

const begin = `
  > a = new Author('a'); b = new Book('b', a); c = new Book('c', a); d = new Book('d'); addAll([b, c, d]); commit()
  committed 4 new (Author, Book)`;
const titles = 'a.books.map(book => book.title)';

/** What becomes of `a.books = [c, d]`, where b and c were in the list. */
const followings: readonly (readonly [string, string])[] = [
  [
    'is written by commit()',
    `> commit(); [${titles}, b.author, d.author === a]
    [ [ 'c', 'd' ], null, true ]`,
  ],
  [
    'is written by a query, and taken back by rollback()',
    `> Author.query.count(); rollback(); [${titles}, b.author === a, d.author]
    [ [ 'b', 'c' ], true, null ]`,
  ],
  [
    'is taken back by rollback()',
    `> rollback(); [${titles}, b.author === a, d.author]
    [ [ 'b', 'c' ], true, null ]`,
  ],
  [
    'stays staged when commit() fails',
    `> x = new Author('a'); add(x); commit()
    Uncaught UniqueViolation
    > expunge(x); commit(); [${titles}, b.author, d.author === a]
    [ [ 'c', 'd' ], null, true ]`,
  ],
];

/** How an object is taken out of a list that it is not in. */
const strangers: readonly (readonly [string, string])[] = [
  ['an item of another order', 'o.items.remove(j)'],
  ['several', 'o.items.remove([j])'],
  ['a new item', "o.items.remove(new Item('k'))"],
  ['a new book', "a.books.remove(new Book('n'))"],
  ["another author's book", 'a.books.remove(b)'],
  ['a new tag', "a.tags.remove(new Tag('t'))"],
];

const scripts: readonly Script[] = [
  ...strangers.map(([what, take]): Script => [
    `12: what is not in a list is not staged by taking it out, nor deleted: ${what}`,
    `> o = new Order('o'); q = new Order('q'); i = new Item('i'); i.order = o; j = new Item('j'); j.order = q; addAll([i, j])
    > a = new Author('a'); c = new Author('c'); b = new Book('b', c); addAll([a, b]); commit()
    committed 7 new (Author, Book, Item, Order)
    > [o.items.length, q.items.length, a.books.length, a.tags.length]
    [ 1, 1, 0, 0 ]
    > ${take}
    0
    > String(session.pending)
    'nothing staged'
    > commit()
    nothing to commit
    > [o.items.length, q.items.length, b.author === c]
    [ 1, 1, true ]`,
  ]),
  ...followings.flatMap(([what, follow]): Script[] => [
    [`12: a list that is assigned to an expired object ${what}`, `${begin}\n> a.books = [c, d]\n${follow}`],
    [
      `12: a list that is assigned to a list that was never loaded ${what}`,
      `${begin}
      > em.clear(); a = Author.query.one(); b = get(Book, b.id); c = get(Book, c.id); d = get(Book, d.id)
      > a.books = [c, d]
      ${follow}`,
    ],
  ]),
  [
    '12: a list of new objects, an empty one, the list of another, and what is no list',
    `${begin}
    > a.books = [new Book('e')]; commit(); ${titles}
    [ 'e' ]
    > a.books = []; commit(); ${titles}
    []
    > z = new Author('z'); z.books = [b, c]; add(z); commit(); z.books.length
    2
    > a.books = z.books; commit(); [${titles}, z.books.length]
    [ [ 'b', 'c' ], 0 ]
    > a.books = 5
    Uncaught BadArgument: Author.books takes a list of Book, and got 5
    > a.books = null
    Uncaught BadArgument: Author.books takes a list of Book, and got null
    > commit()
    nothing to commit`,
  ],
  [
    '12: a many-to-many list from either side',
    `> b = new Book('b'); t = new Tag('t'); u = new Tag('u'); b.tags = [t]; addAll([b, u]); commit()
    committed 3 new (Book, Tag)
    > b.tags = [u]; commit(); [b.tags.map(tag => tag.name), t.books.length, u.books.length]
    [ [ 'u' ], 0, 1 ]
    > t.books = [b]; commit(); b.tags.map(tag => tag.name)
    [ 't', 'u' ]
    > b.tags = []; rollback(); b.tags.length
    2`,
  ],
  [
    '12: push() adds, and says how many there are',
    `${begin}
    > a.books.push(d, new Book('e'))
    4
    > commit(); ${titles}
    [ 'b', 'c', 'd', 'e' ]`,
  ],
  [
    '12: what leaves a list names its owner no more, also where it is removed or has to have one',
    `> o = new Order('o'); o.items.add(new Item('i'), new Item('j')); add(o); commit(); i = o.items[0]; o.items.remove(i); i.order
    null
    > String(session.pending)
    '1 removed (Item)'
    > rollback(); [i.order === o, o.items.length]
    [ true, 2 ]
    > q = new Order('q'); add(q); o.items.remove(i); q.items.add(i); commit(); [i.order === q, Item.query.count()]
    [ true, 2 ]
    > q.items.remove(i); commit(); [i.order, Item.query.count()]
    [ null, 1 ]`,
  ],
  [
    '16: a list that is not known cannot be exchanged where nothing can wait',
    `${begin}
    > Reflect.set(a, 'books', [])
    Uncaught NotLoaded: Author.books is not loaded, and what calls this code cannot wait for the database
    > a.books.length; Reflect.set(a, 'books', []); commit(); a.books.length
    0`,
  ],
  [
    'a list comes in the order of its keys',
    `${begin}
    > b.price = 7; commit(); em.clear(); Author.query.one().books.map(book => book.title)
    [ 'b', 'c' ]
    > em.clear(); Author.query.populate('books').one().books.map(book => book.title)
    [ 'b', 'c' ]
    > t = new Tag('t'); t.books = Book.query.orderBy('-id').all(); add(t); commit(); em.clear(); Tag.query.one().books.map(b => b.title)
    [ 'b', 'c', 'd' ]`,
  ],
  [
    '12: what is put into a list and taken out again is not in it, from either side, where the other was never loaded',
    `> b = new Book('b'); t = new Tag('t'); addAll([b, t]); commit(); em.clear(); b = Book.query.one(); t = Tag.query.one()
    > b.tags.add(t); b.tags.remove(t); b.price = 5; commit(); [Tag.query.one().books.length, Book.query.one().tags.length]
    [ 0, 0 ]
    > em.clear(); b = Book.query.one(); t = Tag.query.one(); t.books.add(b); t.books.remove(b); b.price = 6; commit()
    committed 1 changed (Book)
    > [Tag.query.one().books.length, Book.query.one().tags.length]
    [ 0, 0 ]`,
  ],
  [
    '39: an unknown property is an error before anything is staged',
    `> b = new Book('b'); add(b); commit(); b.titel = 'x'; commit()
    Uncaught UnknownProperty: Book has no property 'titel'; did you mean 'title'?
    > b.titel += 'x'
    Uncaught UnknownProperty: Book has no property 'titel'; did you mean 'title'?
    > ({ x: b.titel } = { x: 1 })
    Uncaught UnknownProperty: Book has no property 'titel'; did you mean 'title'?
    > [b['titel']] = [1]
    Uncaught UnknownProperty: Book has no property 'titel'; did you mean 'title'?
    > name = 'title'; b[name] = 'y'; commit(); b.title
    'y'
    > new Book('z').titel = 1
    Uncaught UnknownProperty: Book has no property 'titel'; did you mean 'title'?`,
  ],
  [
    '15: a Ref is read and written as its entity, and is what it was',
    `> a = new Author('a'); g = new Guide('g'); g.author = a; add(g); commit(); em.clear(); g = Guide.query.one(); g.author.name
    'a'
    > g.author.name = 'z'; g.author.age = 1; g.author.age++; commit(); [g.author.name, g.author.age, g.author.words()]
    [ 'z', 2, 2 ]
    > g.author.books = [new Book('b')]; commit(); g.author.books[0].title
    'b'
    > g.author.nam = 1
    Uncaught UnknownProperty: Author has no property 'nam'; did you mean 'name'?
    > [g.author.unwrap() === g.author.$, g.author.load().name]
    [ true, 'z' ]
    > g.author = new Author('y'); commit(); g.author.name
    'y'
    > g.author = null; commit(); g.author
    null
    > g.note = 'abc'; commit(); [g.note.length, g.note.toUpperCase(), g.note.unwrap()]
    [ 3, 'ABC', 'abc' ]
    > g.note += '!'; commit(); em.clear(); g = Guide.query.one(); [\`\${g.note}\`, [g.note].join(), g.note + 1, g.note > 'abc', g.note == 'abc!']
    [ 'abc!', 'abc!', 'abc!1', true, true ]
    > g.author = new Author('x'); commit(); \`\${g.author}\` === \`\${g.author.$}\`
    true`,
  ],
  [
    '12, 15: an object that a one-to-one relation is taken from refers to nothing, which is null',
    `> a = new Author('a'); c = new Author('c'); p = new Profile('p'); q = new Profile('q'); p.author = a; q.author = c; addAll([p, q]); commit(); [p.author === a, q.author === c]
    [ true, true ]
    > p.author = c; [q.author, a.profile, c.profile === p]
    [ null, null, true ]
    > commit(); [q.author, a.profile]
    [ null, null ]`,
  ],
];

testScripts('members of lists', [
  [
    '12: a list takes objects of its class, and is as it was otherwise',
    `> a = new Author('a'); a.books = [new Book('b')]; add(a); commit()
    committed 2 new (Author, Book)
    > a.books.push(Book.query.filterBy({ title: 'none' }).first())
    Uncaught BadArgument: Author.books takes Book objects, and got null
    > a.books.add(a)
    Uncaught BadArgument: Author.books takes Book objects, and got Author 1
    > a.books = [null]
    Uncaught BadArgument: Author.books takes Book objects, and got null
    > new Author('c').books.push(null)
    Uncaught BadArgument: Author.books takes Book objects, and got null
    > a.books.set(a.books[0])
    Uncaught BadArgument: Author.books.set() takes a list, and got Book 1
    > a.books.set(5)
    Uncaught BadArgument: Author.books.set() takes a list, and got 5
    > Author.query.populate(['books']).all()
    Uncaught BadArgument: A property of Author is named by a text, and not by [ 'books' ]
    > [a.books.length, session.dirty.length, session.new.length]
    [ 1, 0, 0 ]
    > commit()
    nothing to commit`,
  ],
]);

testScripts('transactions of MikroORM', [
  [
    '19: what only a function changed that em.transactional() undoes is as it was',
    `> a = new Author('a'); b = new Author('b'); addAll([a, b]); commit(); [a.name, b.name]
    [ 'a', 'b' ]
    > a.age = 7
    > em.transactional(() => { b.name = 'inside'; throw new Error('no') })
    Uncaught Error: no
    > [a.age, b.name, session.dirty.length]
    [ 7, 'b', 1 ]
    > commit()
    committed 1 changed (Author)
    > em.transactional(() => { b.name = 'kept' }); commit()
    nothing to commit
    > b.name
    'kept'`,
  ],
  ...['', '; await t.flush()'].map((flush): Script => [
    `19: fields of a changed object that em.transactional() undoes are as they were${flush}`,
    `> a = new Author('a'); b = new Author('b'); c = new Book('c', a); addAll([b, c]); commit(); [a.name, c.author === a, b.books.length]
    [ 'a', true, 0 ]
    > a.name = 'x'; c.title = 'y'; c.author = b
    > em.transactional(async t => { a.age = 9; a.name = 'a'; c.author = a; c.title = 'z'${flush}; throw new Error('no') })
    Uncaught Error: no
    > [a.name, a.age, c.title, c.author === b, b.books.length, a.books.length]
    [ 'x', null, 'y', true, 1, 0 ]
    > commit()
    committed 2 changed (Author, Book)
    > em.clear(); c = Book.query.one(); [c.title, c.author.name, Author.query.filterBy({ name: 'x' }).one().age]
    [ 'y', 'b', null ]`,
  ]),
]);

testScripts('lists, names and references', scripts);

/** Lists, by what has them and changes beside, and what makes a new member. */
const lists: Readonly<Record<string, readonly [owner: string, field: string, make: string]>> = {
  'Order.items': ['o', 'name', 'i = new Item(n); i.order = o'],
  'Author.books': ['a', 'name', 'c = new Book(n, a)'],
  'Book.tags': ['b', 'title', 't = new Tag(n); b.tags.add(t)'],
  'Tag.books': ['g', 'name', 'c = new Book(n); c.tags.add(g)'],
};

/** What makes a list hold one of its members. */
const choices: Readonly<Record<string, string>> = {
  'matching()': 'await list().matching({ orderBy: { id: 1 }, limit: 1, store: true })',
  'populate() with a limit':
    'await em.populate([owner], [name], { populateHints: { [name]: { limit: 1 } }, refresh: true })',
};

/** What has it read again. */
const again: readonly string[] = [
  'commit()',
  'rollback()',
  'em.flush(); await commit()',
  "nested(() => { throw new Error('no') }).catch(() => 0)",
  'expire(owner)',
  'refresh(owner)',
];

testScripts(
  'a list of what was chosen',
  Object.entries(lists).flatMap(([list, [owner, field, make]]) =>
    Object.entries(choices).map(([choice, choose]): Script => {
      const name = list.split('.')[1] ?? '';
      return [
        `12, 14: cannot be changed, and holds everything when it is read again: ${list}, ${choice}`,
        `> o = new Order('o'); a = new Author('a'); b = new Book('b'); g = new Tag('g'); addAll([o, a, b, g]); commit()
        committed 4 new (Author, Book, Order, Tag)
        > name = '${name}'; owner = ${owner}; list = () => owner[name]; make = n => { ${make} }; make('x'); make('y'); commit(); list().length
        2
        > choose = async () => { ${choose}; return list().length }
        ${again
          .map(
            end => `> choose()
            1
            > list().removeAll()
            Uncaught InvalidState: ${list} holds only what was chosen of it, and cannot be changed
            > owner.${field} += '!'; await ${end}; list().length
            2`,
          )
          .join('\n')}
        > make('z'); commit(); list().length
        3`,
      ];
    }),
  ),
);

testScripts(
  'a list',
  [
    'o.items[0] = new Item("j")',
    'o.items[o.items.length] = new Item("j")',
    '[o.items[0]] = [new Item("j")]',
    'o.items.length = 0',
    'o.items.pop()',
    'o.items.splice(0, 1)',
    'o.items.unshift(new Item("j"))',
  ].map((change): Script => [
    `12: nothing is put into its places, or taken out of them: ${change}`,
    `> o = new Order('o'); i = new Item('i'); o.items.add(i); add(o); commit()
    committed 2 new (Item, Order)
    > ${change}
    Uncaught BadArgument: Order.items is a list of entities, and nothing is put into its places
    > [o.items.length, o.items[0] === i]
    [ 1, true ]
    > commit()
    nothing to commit`,
  ]),
);

testScripts('a list of what was chosen, and', [
  [
    '12: what was staged for it before is written first',
    `> b = new Book('b'); g = new Tag('g'); h = new Tag('h'); b.tags.add(g); b.tags.add(h); add(b); commit(); b.tags.length
    2
    > b.tags.remove(g); b.tags.add(new Tag('i')); b.tags.matching({ orderBy: { id: 1 }, store: true }).map(({ name }) => name)
    [ 'h', 'i' ]
    > commit(); b.tags.map(({ name }) => name).sort()
    [ 'h', 'i' ]`,
  ],
  [
    '38: all of it goes with its owner',
    `> o = new Order('o'); i = new Item('i'); i.order = o; j = new Item('j'); j.order = o; addAll([i, j]); commit(); o.items.length
    2
    > o.items.matching({ where: { name: 'i' }, store: true }).length
    1
    > remove(o); session.deleted.length
    3
    > rollback(); o.items.length
    2
    > em.populate([o], ['items'], { where: { items: { name: 'i' } }, refresh: true }); o.items.length
    1
    > remove(o); commit()
    committed 3 removed (Item, Order)`,
  ],
]);
