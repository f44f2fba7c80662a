// The numbers in the names are those of docs/session.md.
import { type Script, testScripts } from '../../../support/typed.ts';

const begin = `
  > o = new Order('o'); q = new Order('q'); i = new Item('i'); o.items.add(i); addAll([o, q]); commit()
  committed 3 new (Item, Order)`;

/** What the session knows of the item when delete() takes its row. */
const known: readonly (readonly [string, string])[] = [
  ['was read', "> [i.name, i.order === o, o.items.length]\n[ 'i', true, 1 ]"],
  ['has expired', '> [i.name, o.items.length]; commit()\nnothing to commit'],
  ['was changed', "> i.name = 'j'; i.name\n'j'"],
  ['was moved', '> i.order = q; q.items.length\n1'],
];

const scripts: readonly Script[] = [
  ...known.flatMap(([what, look]): Script[] => [
    [
      `28, 17: delete() leaves an object deleted that ${what}, and commit() detached`,
      `${begin}\n${look}
      > Item.query.delete(); [session.has(i), i.id, o.items.length, q.items.length, get(Item, 1), session.dirty]
      [ false, 1, 0, 0, null, [] ]
      > i.name = 'gone'; session.dirty
      []
      > remove(i)
      Uncaught BadArgument: This Item is not in the database
      > commit(); [session.has(i), other('select * from item')]
      [ false, [] ]
      > commit()
      nothing to commit`,
    ],
    [
      `28, 18: rollback() after delete() brings an object back that ${what}`,
      `${begin}\n${look}
      > Item.query.delete(); i.name = 'gone'; rollback().removed
      1
      > [session.has(i), get(Item, 1) === i, i.name, i.order === o, o.items[0] === i, q.items.length]
      [ true, true, 'i', true, true, 0 ]
      > commit()
      nothing to commit
      > i.name = 'k'; commit()
      committed 1 changed (Item)`,
    ],
    [
      `28, 17: add() after delete() inserts an object again that ${what}`,
      `${begin}\n${look}
      > Item.query.delete(); add(i); session.new.length
      1
      > i.name = 'again'; i.order = o; flush(); rollback(); [i.name, session.new, o.items.length]
      [ 'i', [], 1 ]
      > Item.query.delete(); i.name = 'again'; add(i); commit()
      committed 1 new (Item), 1 removed (Item)
      > other('select name from item')
      [ { name: 'again' } ]`,
    ],
  ]),
  [
    '28, 31: nested() that throws brings back what delete() took inside',
    `${begin}
    > session.nested(async () => { await Item.query.delete(); throw new Error(String(session.has(i))) })
    Uncaught Error: false
    > [session.has(i), i.name, o.items.length]
    [ true, 'i', 1 ]
    > session.nested(async () => { await Item.query.delete() }); session.has(i)
    false
    > rollback(); [session.has(i), i.name]
    [ true, 'i' ]`,
  ],
  [
    '28, 19: a commit() that fails leaves deleted what delete() took',
    `${begin}
    > Item.query.delete(); s = new Item('s'); add(s); commit()
    Uncaught MissingValue: Item.order has no value, and it needs one
    > [session.has(i), session.new.length]
    [ false, 1 ]
    > s.order = q; commit()
    committed 1 new (Item), 1 removed (Item)`,
  ],
  [
    '28, 18: what the transaction itself inserted is new again after delete() and rollback()',
    `> o = new Order('o'); add(o); flush(); Order.query.delete(); session.has(o)
    false
    > rollback()
    rolled back 1 new (Order), 1 removed (Order)
    > add(o); commit()
    committed 1 new (Order)`,
  ],
  [
    '28: what the database deletes with the rows is deleted, too',
    `> f = new Folder('f'); g = new Folder('g', f); h = new Folder('h', g); add(h); commit(); h.name
    'h'
    > Folder.query.filterBy({ name: 'f' }).delete()
    1
    > [f, g, h].map(one => session.has(one))
    [ false, false, false ]
    > rollback(); [f, g, h].map(one => [session.has(one), one.name, one.parent?.name])
    [ [ true, 'f', undefined ], [ true, 'g', 'f' ], [ true, 'h', 'g' ] ]`,
  ],
];

testScripts('delete() of a query', scripts);
