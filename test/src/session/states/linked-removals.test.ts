// The numbers in the names are those of docs/session.md.
import { type Script, testScripts } from '../../../support/typed.ts';

/** How something of the session is linked to `x`, which is to be removed, which list is loaded, and what a commit says. */
const links: readonly (readonly [string, string, string, string, string])[] = [
  [
    'a many-to-one relation',
    "x = new Author('x'); o = new Book('o')",
    '0',
    'o.author = x',
    '1 changed (Book)',
  ],
  [
    'one without another side',
    "x = new Author('x'); o = new Guide('o')",
    '0',
    'o.author = x',
    '1 changed (Guide)',
  ],
  [
    'a one-to-one relation',
    "x = new Author('x'); o = new Profile('o')",
    '0',
    'o.author = x',
    '1 changed (Profile)',
  ],
  [
    'its other side',
    "x = new Profile('x'); o = new Author('o')",
    '0',
    'o.profile = x',
    '1 changed (Profile)',
  ],
  [
    'its own other side',
    "x = new Author('x'); o = new Profile('o')",
    '0',
    'x.profile = o',
    '1 changed (Profile)',
  ],
  [
    'a list',
    "x = new Book('x'); o = new Author('o')",
    'o.books.length',
    'o.books.add(x)',
    '1 changed (Book)',
  ],
  [
    'push()',
    "x = new Book('x'); o = new Author('o')",
    'o.books.length',
    'o.books.push(x)',
    '1 changed (Book)',
  ],
  [
    'a list that is assigned',
    "x = new Book('x'); o = new Author('o')",
    'o.books.length',
    'o.books = [x]',
    '1 changed (Book)',
  ],
  [
    'its own list',
    "x = new Author('x'); o = new Book('o')",
    'x.books.length',
    'x.books.add(o)',
    '1 changed (Book)',
  ],
  [
    'a many-to-many list',
    "x = new Tag('x'); o = new Book('o')",
    'o.tags.length',
    'o.tags.add(x)',
    '1 changed (Book)',
  ],
  [
    'the other one',
    "x = new Book('x'); o = new Tag('o')",
    'o.books.length',
    'o.books.add(x)',
    '1 changed (Book)',
  ],
  [
    'its own many-to-many list',
    "x = new Book('x'); o = new Tag('o')",
    'x.tags.length',
    'x.tags.add(o)',
    '1 changed (Book)',
  ],
  [
    'its own other one',
    "x = new Tag('x'); o = new Book('o')",
    'x.books.length',
    'x.books.add(o)',
    '1 changed (Book)',
  ],
  [
    'add() of what is new',
    "x = new Author('x'); o = new Tag('o')",
    '0',
    "add(new Book('n', x))",
    '1 new (Book)',
  ],
  [
    'add() of what has it in a list',
    "x = new Tag('x'); o = new Tag('o')",
    '0',
    "n = new Book('n'); n.tags.add(x); add(n)",
    '1 new (Book)',
  ],
  [
    'add() of what has it in its key',
    "x = new Course('x'); o = new Student('o')",
    '0',
    'add(new Enrollment(o, x, 1))',
    '1 new (Enrollment)',
  ],
  [
    'a new object that is pending',
    "x = new Author('x'); o = new Tag('o')",
    '0',
    "n = new Book('n'); add(n); n.author = x",
    '1 new (Book)',
  ],
  [
    'the list of a new one',
    "x = new Tag('x'); o = new Tag('o')",
    '0',
    "n = new Book('n'); add(n); n.tags.add(x)",
    '1 new (Book)',
  ],
];

/** What does not take a removal back. */
const others: readonly (readonly [string, string])[] = [
  ['a field of it that is assigned', "x.title = 'y'"],
  ['a relation of it that is assigned', 'x.author = o'],
  ['a list that it leaves', 'o.books.remove(x)'],
  ['add() of what it was linked to', 'add(o)'],
];

/** Links by which nothing of the session is linked to `x`, which is to be removed. */
const strangers: readonly (readonly [string, string])[] = [
  ["x = new Author('x')", "n = new Book('n'); n.author = x"],
  ["x = new Author('x')", "n = new Guide('n'); n.author = x"],
  ["x = new Author('x')", "n = new Profile('n'); n.author = x"],
  ["x = new Profile('x')", "n = new Author('n'); n.profile = x"],
  ["x = new Book('x')", "n = new Author('n'); x.author = n"],
  ["x = new Book('x')", "n = new Author('n'); n.books.add(x)"],
  ["x = new Book('x')", "n = new Author('n'); n.books.push(x)"],
  ["x = new Book('x')", "n = new Tag('n'); n.books.add(x)"],
  ["x = new Tag('x')", "n = new Book('n'); n.tags.add(x)"],
];

/** What else refers to `x`, and is loaded. */
const referring = [
  '0',
  "t = new Tag('t'); t.books.add(x); add(t); commit(); t.books.length - 1",
  "t = new Book('t'); t.tags.add(x); add(t); commit(); t.tags.length - 1",
  "t = new Book('t', x); add(t); commit(); x.books.length - 1",
];

const scripts: readonly Script[] = [
  ...strangers.flatMap(([make, link]) =>
    referring
      .filter(
        refer =>
          refer === '0' ||
          refer.includes({ A: 't, x', B: 't.books', T: 't.tags', P: '?' }[make[8] ?? ''] ?? ''),
      )
      .map((refer): Script => [
        `11, 17: what is nobody's neither keeps it, nor comes with it: ${make}; ${link}; ${refer}`,
        `> ${make}; add(x); commit(); session.new
        []
        > ${refer}
        0
        > remove(x); ${link}; [session.deleted.length, session.new.length]
        [ 1, 0 ]
        > commit(); [session.has(x), session.has(n), session.new.length, session.deleted.length]
        [ false, false, 0, 0 ]
        > em.getConnection().execute('select * from ' + em.getMetadata(n.constructor).tableName).then(rows => rows.some(({ name, title, text }) => [name, title, text].includes('n')))
        false`,
      ]),
  ),
  ...links.map(([what, make, load, link, written]): Script => [
    `11, 17: what was removed stays once it is linked again by ${what}`,
    `> ${make}; addAll([x, o]); commit(); session.new
    []
    > ${load}
    0
    > remove(x); session.deleted.length
    1
    > ${link}; session.deleted.length
    0
    > commit()
    committed ${written}
    > [session.has(x), session.new.length, session.dirty.length]
    [ true, 0, 0 ]`,
  ]),
  ...others.map(([what, how]): Script => [
    `17: and is removed all the same after ${what}`,
    `> o = new Author('o'); x = new Book('x', o); add(x); commit(); [x.title, o.books.length]
    [ 'x', 1 ]
    > remove(x); ${how}; session.deleted.length
    1
    > commit()
    committed 1 removed (Book)
    > [Book.query.count(), o.books.length]
    [ 0, 0 ]`,
  ]),
  ...['o.items.length', 'em.clear(); o = Order.query.one(); i = get(Item, 1); 1'].map((load): Script => [
    `38: what goes with a removed object stays with it, and what was removed by itself does not: ${load}`,
    `> o = new Order('o'); i = new Item('i'); o.items.add(i); add(o); commit(); ${load}
    1
    > remove(o); session.deleted.length
    2
    > add(o); [session.deleted.length, o.items.length, session.dirty.length]
    [ 0, 1, 0 ]
    > remove(o); add(x = new Item('j')); x.order = o; session.deleted.length
    0
    > commit()
    committed 1 new (Item)
    > o.items.length; remove(i); remove(o); add(o); session.deleted.length
    1
    > commit()
    committed 1 removed (Item)`,
  ]),
  [
    '38: by what it has in its key, too',
    `> s = new Student('s'); c = new Course('c'); e = new Enrollment(s, c, 1); add(e); commit(); [e.grade, s.enrollments.length]
    [ 1, 1 ]
    > remove(c); session.deleted.length
    2
    > add(new Enrollment(new Student('t'), c, 2)); [session.deleted.length, s.enrollments.length]
    [ 0, 1 ]
    > commit()
    committed 2 new (Enrollment, Student)`,
  ],
  [
    '11, 38: what is new and would go with what it has in its key is refused, until one of both is let go',
    `> s = new Student('s'); c = new Course('c'); addAll([s, c]); commit(); e = new Enrollment(s, c, 1); add(e); remove(c); commit()
    Uncaught ForeignKeyViolation: Course 1 is to be removed, and Enrollment.course refers to it
    > [session.new.length, session.deleted.length]
    [ 1, 1 ]
    > add(e); commit()
    committed 1 new (Enrollment)
    > f = new Folder('f'); add(f); commit(); g = new Folder('g', f); add(g); remove(f); commit()
    Uncaught ForeignKeyViolation: Folder 1 is to be removed, and Folder.parent refers to it
    > expunge(g); commit()
    committed 1 removed (Folder)`,
  ],
  [
    '34: so is what has a removed object as its new key',
    `> s = new Student('s'); c = new Course('c'); d = new Course('d'); e = new Enrollment(s, c, 1); addAll([e, d]); commit(); [e.grade, d.name]
    [ 1, 'd' ]
    > remove(d); e.course = d; commit()
    Uncaught ForeignKeyViolation: Course 2 is to be removed, and Enrollment.course refers to it
    > rollback(); e.course === c
    true
    > commit()
    nothing to commit`,
  ],
  [
    '17, 35: what was expunged and has a removed object in its key is refused, and nothing comes back',
    `> s = new Student('s'); c = new Course('c'); e = new Enrollment(s, c, 1); add(e); commit(); [e.grade, s.enrollments.length]
    [ 1, 1 ]
    > expunge(e); remove(c); commit()
    committed 2 removed (Course, Enrollment)
    > add(e)
    Uncaught ObjectDeleted: Enrollment 1, 1 refers to Course 1 by course, and that was removed
    > s.enrollments.add(e)
    Uncaught ObjectDeleted: Enrollment 1, 1 refers to Course 1 by course, and that was removed
    > [session.new, s.enrollments.length]
    [ [], 0 ]
    > commit()
    nothing to commit
    > Course.query.count()
    0`,
  ],
  ...['flush()', 'commit()'].map((write): Script => [
    `17: so is what merely refers to one, until it does no longer, or that is added: ${write}`,
    `> a = new Author('a'); addAll([new Book('b', a), new Book('c', a), new Tag('t')]); commit(); em.clear()
    > a = get(Author, 1); b = get(Book, 1); c = get(Book, 2); t = get(Tag, 1); [b.author === a, c.author === a, t.books.length, a.bio, a.tags.length]
    [ true, true, 0, 'a wrote', 0 ]
    > expunge(b); expunge(c); remove(a); ${write}; add(b)
    Uncaught ObjectDeleted: Book 1 refers to Author 1 by author, and that was removed
    > t.books.add(b)
    Uncaught ObjectDeleted: Book 1 refers to Author 1 by author, and that was removed
    > [session.new, t.books.length]
    [ [], 0 ]
    > b.author = null; add(b); a.books = []; add(a); add(c); commit(); [b.author, c.author, Author.query.count()]
    [ null, null, 1 ]`,
  ]),
];

testScripts('what was removed and is linked again', scripts);
