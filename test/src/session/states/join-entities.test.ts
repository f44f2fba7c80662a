// The numbers in the names are those of docs/session.md.
import { dialects } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';
import { cards } from '../../fixtures/cards.ts';
import { orders } from '../../fixtures/orders.ts';

const stored = `
  > o = new Purchase(); a = new Ware('a'); b = new Ware('b'); l = new Line(o, a, 2); addAll([l, new Line(o, b)]); commit()
  committed 5 new (Line, Purchase, Ware)`;

/** Ways in which one line goes, and what a commit says of it. */
const ways = [
  ['remove(l)', '1 removed (Line)'],
  ['o.lines.remove(l)', '1 removed (Line)'],
  ['em.clear(); l = Line.query.filterBy({ amount: 2 }).one(); remove(l)', '1 removed (Line)'],
  ['a.lines.length; remove(a)', '2 removed (Line, Ware)'],
] as const;

/** Ways in which a list that it joins loses an item. */
const unlinking = [
  ['o.wares.remove(a)', '1 changed (Purchase)'],
  ['a.purchases.remove(o)', '1 changed (Purchase)'],
  ['o.wares = [b]', '1 changed (Purchase)'],
  ['l.amount = 2; o.wares.remove(a)', '1 changed (Purchase)'],
  ['o.wares.remove(a); em.flush(); o.note = "z"', '1 changed (Purchase)'],
  ['o.wares.remove(a); remove(l)', '1 changed (Purchase), 1 removed (Line)'],
] as const;

const scripts: readonly Script[] = [
  [
    '4: what joins two is listed with the entities',
    `> 'Line' in entities
    true`,
  ],
  ...ways.map(([way, what]): Script => [
    `36: what joins two is removed as any other entity: ${way}`,
    `${stored}
    > ${way}; commit()
    committed ${what}
    > Line.query.count()
    1
    > other("select amount from line").length
    1`,
  ]),
  ...ways.map(([way, what]): Script => [
    `19: also once a commit has failed: ${way}`,
    `${stored}
    > add(n = new Purchase()); n.note = 'x'; commit()
    committed 1 new (Purchase)
    > ${way}; add(t = new Purchase()); t.note = 'x'; commit()
    Uncaught UniqueViolation
    > expunge(t); commit()
    committed ${what}
    > Line.query.count()
    1`,
  ]),
  [
    '36: all of them, and with what they join',
    `${stored}
    > o.lines.removeAll(); commit()
    committed 2 removed (Line)
    > addAll([new Line(o, a), new Line(o, b)]); commit()
    committed 2 new (Line)
    > o.lines.length; remove(o); commit()
    committed 3 removed (Line, Purchase)
    > Ware.query.count()
    2`,
  ],
  [
    '38: what has a removed object in its key goes with it',
    `${stored}
    > remove(a); session.deleted.length
    2
    > rollback(); [session.deleted.length, l.amount, a.name]
    [ 0, 2, 'a' ]
    > remove(a); flush(); [session.new.length, session.has(l)]
    [ 0, false ]
    > rollback(); [Line.query.count(), l.amount, a.name]
    [ 2, 2, 'a' ]
    > em.clear(); l = Line.query.filterBy({ amount: 2 }).one(); a = Ware.query.filterBy({ name: 'a' }).one(); em.remove(a); commit()
    committed 2 removed (Line, Ware)
    > session.new.length
    0
    > o = Purchase.query.one(); o.note = 'z'; commit()
    committed 1 changed (Purchase)
    > [other('select name from ware').length, other('select amount from line').length]
    [ 1, 1 ]`,
  ],
  ...unlinking.map(([way, what]): Script => [
    `17, 36: what joins two goes with what is taken out of a list, and is readable: ${way}`,
    `${stored}
    > [l.amount, o.lines.length, o.wares.length, a.purchases.length]
    [ 2, 2, 2, 1 ]
    > ${way}; commit()
    committed ${what}
    > [session.has(l), l.amount, l.ware === a, o.lines.length, a.lines.length]
    [ false, 2, true, 1, 0 ]
    > l.amount = 5; commit()
    nothing to commit
    > other("select amount from line").length
    1`,
  ]),
  [
    '18, 19, 36: it is back with rollback(), and stays as it was when a commit fails',
    `${stored}
    > o.wares.length; l.amount = 4; o.wares.remove(a); flush()
    flushed 1 changed (Purchase)
    > [session.has(l), o.lines.length]
    [ false, 1 ]
    > rollback(); [session.has(l), l.amount, o.lines.length, o.wares.length]
    [ true, 2, 2, 2 ]
    > add(n = new Purchase()); n.note = 'x'; commit()
    committed 1 new (Purchase)
    > o.wares.length; l.amount = 4; o.wares.remove(a); add(t = new Purchase()); t.note = 'x'; commit()
    Uncaught UniqueViolation
    > [session.has(l), session.dirty.includes(l), l.amount]
    [ true, true, 4 ]
    > expunge(t); commit()
    committed 1 changed (Purchase)
    > [session.has(l), other("select amount from line").length]
    [ false, 1 ]`,
  ],
  [
    '31, 36: also with nested() that fails, and it is another one that is added again',
    `${stored}
    > o.wares.length; nested(() => { o.wares.remove(a); Ware.query.count(); throw new Error('no') })
    Uncaught Error: no
    > [session.has(l), l.amount, o.wares.length]
    [ true, 2, 2 ]
    > o.wares.remove(a); flush(); o.wares.add(a); commit()
    committed 1 changed (Purchase)
    > [session.has(l), o.lines.length, other("select amount from line").length]
    [ false, 2, 2 ]`,
  ],
  [
    '36: a row of one that is gone is told of',
    `${stored}
    > l.amount; other('delete from line where amount = 2'); remove(l); commit()
    Uncaught StaleRow: Line 1, 1 was changed or deleted by somebody else since it was read
    > rollback(); Line.query.count()
    1`,
  ],
  [
    '40: the list that they are the table of',
    `${stored}
    > o.wares.length; o.wares.remove(a); commit()
    committed 1 changed (Purchase)
    > [Line.query.count(), o.wares.length]
    [ 1, 1 ]
    > o.wares.add(a); commit(); Line.query.count()
    2`,
  ],
];

const looks = [
  'o.note',
  'refresh(o)',
  'expire(o); o.note',
  'o.buyer.name',
  'o.lines.length',
  'get(Purchase, 1).note',
  '[o].map(each => each.note)',
].map((look): Script => [
  `8: a look commits nothing, whatever is read with it: ${look}`,
  `> o = new Purchase(); o.buyer = new Buyer('a'); add(o); commit()
  committed 2 new (Buyer, Purchase)
  > add(new Buyer('b')); add(new Ware('w')); ${look}; other('select name from buyer').length
  1
  > rollback()
  rolled back 2 new (Buyer, Ware)
  > Buyer.query.count()
  1`,
]);

const ofViews = [
  's = Sales.query.first(); remove(s)',
  'add(new Sales())',
  's = Sales.query.first(); s.amount = 5',
  'addAll([new Sales()])',
  'Sales.query.filterBy({ name: "a" }).delete()',
  'Sales.query.filterBy({ name: "a" }).update({ amount: 1 })',
].map((written): Script => [
  `39: a view is only read: ${written}`,
  `${stored}
  > ${written}
  Uncaught BadArgument: Sales is a view, and is only read
  > commit(); Number(Sales.query.filterBy({ name: 'a' }).one().amount)
  2`,
]);

testScripts('eager relations', looks, dialects, orders);
testScripts('views', ofViews, dialects, orders);
testScripts('entities that join two others', scripts, dialects, orders);

testScripts(
  'a join table that is an entity, of which neither side knows',
  [
    [
      '17, 34: what joins two goes with what is taken out of a list, and a new key does not look for it',
      `
      > a = new Account(new Bank('de'), '1'); h = new Holder('h'); i = new Holder('i'); a.owners.add(h, i); add(a); commit()
      committed 4 new (Account, Bank, Holder)
      > m = Mandate.query.filterBy({ holder: i }).one(); n = Mandate.query.filterBy({ holder: h }).one(); a.owners.remove(i); commit()
      committed 1 changed (Account)
      > [session.has(m), m.level, session.has(n)]
      [ false, 1, true ]
      > a.no = '2'; commit()
      committed 2 changed (Account, Mandate)
      > [n.account === a, Mandate.query.count()]
      [ true, 1 ]`,
    ],
    [
      '18: what was read of its rows does not stage a new object that is undone',
      `
      > k = new Bank('de'); h = new Holder('h'); addAll([k, h]); commit()
      committed 2 new (Bank, Holder)
      > a = new Account(k, '1'); a.owners.add(h); add(a); flush(); m = Mandate.query.one(); m.account === a
      true
      > rollback()
      rolled back 1 new (Account)
      > k.code = 'fr'; commit()
      committed 1 changed (Bank)
      > [Account.query.count(), session.has(m), a.owners.length]
      [ 0, false, 1 ]
      > add(a); commit(); Mandate.query.one().account === a
      true`,
    ],
  ],
  dialects,
  cards,
);
