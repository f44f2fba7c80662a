// The numbers in the names are those of docs/session.md.
import { Cascade, Collection, defineEntity, p } from '@mikro-orm/core';
import { type Script, testScripts } from '../../../support/typed.ts';

const begin = `
  > o = new Order('o'); q = new Order('q'); o.items.add(new Item('i'), new Item('j')); addAll([o, q]); commit()
  committed 4 new (Item, Order)`;
const never = '> em.clear(); o = Order.query.first(); q = Order.query.orderBy("-id").first()';

/** How much of the order is loaded when it is removed. */
const loaded: readonly (readonly [string, string])[] = [
  ['were never loaded', never],
  ['have expired', '> seen = o.items.length; rollback()\nnothing to roll back'],
  ['are loaded', '> o.items.length\n2'],
  ['were read by themselves', `${never}\n> Item.query.all().length\n2`],
];

const scripts: readonly Script[] = [
  ...loaded.flatMap(([what, load]): Script[] => [
    [
      `38: what goes with a removed object is shown and removed where its items ${what}`,
      `${begin}\n${load}
      > remove(o); [session.deleted.length, String(session.pending)]
      [ 3, '3 removed (Item, Order)' ]
      > commit()
      committed 3 removed (Item, Order)
      > other('select * from item')
      []`,
    ],
    [
      `38: rollback() takes it back where its items ${what}`,
      `${begin}\n${load}
      > remove(o); rollback()
      rolled back 3 removed (Item, Order)
      > remove(o); flush(); rollback(); [session.deleted, o.items.length, o.name]
      [ [], 2, 'o' ]
      > commit()
      nothing to commit`,
    ],
    [
      `38: an item that has moved stays where its items ${what}`,
      `${begin}\n${load}
      > i = get(Item, 1); i.order = q; remove(o); commit()
      committed 1 changed (Item), 2 removed (Item, Order)
      > q.items.map(item => item.name)
      [ 'i' ]`,
    ],
    [
      `38: a list that is emptied removes its orphans where they ${what}`,
      `${begin}\n${load}
      > o.items = []; [session.deleted.length, String(session.pending)]
      [ 2, '2 removed (Item)' ]
      > commit(); other('select * from item')
      []`,
    ],
  ]),
  [
    '38: an item that another session added goes, too',
    `${begin}
    > o.items.length; rollback(); other("insert into item (id, name, order_id) values (99, 'k', 1)")
    []
    > remove(o); commit()
    committed 4 removed (Item, Order)`,
  ],
  [
    '38: what has a key of two parts, removed in a function that nothing waits for',
    `> s = new Student('s'); add(new Enrollment(s, new Course('m'), 3)); add(new Enrollment(s, new Course('k'), 3)); commit(); em.clear()
    > s = Student.query.one(); Reflect.apply(session.remove, session, [s]); commit()
    committed 3 removed (Enrollment, Student)`,
  ],
  [
    '17: what gives up its place in a one-to-one relation for another one, and is removed, is not added again',
    `> a = new Author('a'); p = new Profile('p'); q = new Profile('q'); a.profile = p; addAll([a, q]); commit(); a.profile.text
    'p'
    > a.profile = q; remove(a); commit()
    committed 2 changed (Profile), 1 removed (Author)
    > [session.new, p.author, q.author, Author.query.count()]
    [ [], null, null, 0 ]`,
  ],
  [
    '31: what is added inside of nested(), written and removed is as before it once that has failed',
    `> c = new Country('c', 'C'); nested(() => { add(c); Country.query.count(); remove(c); throw new Error('no') })
    Uncaught Error: no
    > [session.new, session.has(c)]
    [ [], false ]
    > commit()
    nothing to commit`,
  ],
  [
    '19: what was inserted and deleted again is not staged once the transaction is undone',
    `> a = new Author('a'); add(a); commit(); c = new Country('c', 'C'); add(c); flush(); remove(c); flush()
    flushed 1 removed (Country)
    > x = new Author('a'); add(x); commit()
    Uncaught UniqueViolation
    > [session.new.length, session.has(c)]
    [ 1, false ]`,
  ],
  [
    '11: what is added again with a removed parent is shown and written',
    `> u = new Author('u'); b = new Book('b', u); add(b); commit(); u.books.length
    1
    > remove(u); flush(); remove(b); flush(); add(u); session.new.length
    2
    > commit()
    committed 2 new (Author, Book)`,
  ],
  [
    '24: a query shows the SQL that runs, with the filters of its entity',
    `> a = new Paper('a'); b = new Paper('b'); b.away = true; addAll([a, b]); commit()
    committed 2 new (Paper)
    > [/away. = false/.test(String(Paper.query)), /away. = false and/.test(Paper.query.filterBy({ text: 'a' }).toSql())]
    [ true, true ]
    > Paper.query.count()
    1`,
  ],
  [
    '24: and with those that are added to em',
    `> em.addFilter({ name: 'cheap', cond: { price: { $lt: 5 } }, entity: 'Book' }); em.addFilter({ name: 'mine', cond: args => ({ name: args.name }), entity: [Author] }); em.setFilterParams('mine', { name: 'a' })
    > [/price. < 5/.test(String(Book.query)), /name. = 'a'/.test(Author.query.toSql()), /price|name. =/.test(String(Tag.query))]
    [ true, true, false ]
    > b = new Book('b'); c = new Book('c'); c.price = 7; addAll([b, c]); commit()
    committed 2 new (Book)
    > Book.query.count()
    1`,
  ],
];

testScripts('removals', scripts);

class Box {
  declare id: number;
  declare name: string;
  parcels = new Collection<Parcel>(this);
}
class Parcel {
  declare id: number;
  declare name: string;
  declare box: Box | null;
  declare label: Label | null;
  notes = new Collection<Note>(this);
}
class Label {
  declare id: number;
  declare parcel: Parcel;
}
class Note {
  declare id: number;
  declare parcel: Parcel | null;
}

defineEntity({
  name: 'Box',
  properties: {
    id: p.integer().primary(),
    name: p.string(),
    parcels: () => p.oneToMany(Parcel).mappedBy('box').orphanRemoval(),
  },
}).setClass(Box);
defineEntity({
  name: 'Parcel',
  properties: {
    id: p.integer().primary(),
    name: p.string(),
    box: () => p.manyToOne(Box).nullable(),
    label: () => p.oneToOne(Label).mappedBy('parcel').orphanRemoval().nullable(),
    notes: () => p.oneToMany(Note).mappedBy('parcel').cascade(Cascade.PERSIST, Cascade.REMOVE),
  },
}).setClass(Parcel);
defineEntity({
  name: 'Label',
  properties: { id: p.integer().primary(), parcel: () => p.oneToOne(Parcel).owner() },
}).setClass(Label);
defineEntity({
  name: 'Note',
  properties: { id: p.integer().primary(), parcel: () => p.manyToOne(Parcel).nullable() },
}).setClass(Note);

/** What is removed, and what goes with it: all, and what is known of it once everything has expired. */
const gone: Readonly<Record<string, readonly [remove: string, told: string, unread: string]>> = {
  'remove()': ['remove(b)', '5 removed (Box, Label, Note, Parcel)', '5 removed (Box, Label, Note, Parcel)'],
  'em.remove()': ['em.remove(b)', '5 removed (Box, Label, Note, Parcel)', '4 removed (Box, Note, Parcel)'],
  'a list that loses one': ['b.parcels.remove(q)', '3 removed (Label, Note, Parcel)', '1 removed (Parcel)'],
  'an empty list': ['b.parcels = []', '4 removed (Label, Note, Parcel)', '2 removed (Parcel)'],
};

/** What comes before it is written, and leaves it staged. */
const meanwhile: Readonly<Record<string, string>> = {
  nothing: '0',
  'a commit() that fails': "c.name = null; await commit().catch(() => 0); c.name = 'c'",
  'an em.flush() that fails': "c.name = null; await em.flush().catch(() => 0); c.name = 'c'",
  'em.transactional() that fails': "await em.transactional(() => { throw new Error('no') }).catch(() => 0)",
  'a look at what it is': '[session.dirty, session.new, session.has(q)].length',
};

testScripts(
  'what goes with what is removed',
  Object.entries(gone)
    .flatMap(([what, [remove, all, unread]]) =>
      Object.entries(meanwhile).map(
        ([when, before]) =>
          [what, when, remove, before, all, when.includes('transactional') ? unread : all] as const,
      ),
    )
    .map(([what, when, remove, before, all, told]): Script => [
      `38: is in session.deleted and counted before it is written: ${what}, after ${when}`,
      `> b = new Box({ name: 'b' }); p = new Parcel({ name: 'p', box: b }); q = new Parcel({ name: 'q', box: b }); c = new Box({ name: 'c' }); 0
        0
        > addAll([b, c, new Label({ parcel: q }), new Note({ parcel: q })]); commit(); [q.notes.length, q.label.id, b.parcels.length, p.notes.length, p.label, c.name]
        [ 1, 1, 2, 0, null, 'c' ]
        > ${remove}; ${before}; [session.deleted.length + ' removed', session.dirty.length, String(session.pending)]
        [ '${told.split(' (')[0]}', 0, '${told}' ]
        > rollback()
        rolled back ${told}
        > [session.deleted.length, b.parcels.length, q.box === b, q.label.parcel === q, q.notes.length]
        [ 0, 2, true, true, 1 ]
        > ${remove}; commit()
        committed ${all}`,
    ]),
  undefined,
  { Box, Parcel, Label, Note },
);
