// The numbers in the names are those of docs/session.md.
import { defineEntity, p } from '@mikro-orm/core';
import { dialects } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';

class Item {
  declare id: number;
  declare name: string;
  declare count: number;
  declare note: string | null;

  constructor(values: Partial<Item>) {
    Object.assign(this, values);
  }
}

class Part extends Item {
  declare size: number | null;
}

class Payment extends Item {}

class CardPayment extends Payment {
  declare digits: number;
}

const properties = {
  id: p.integer().primary(),
  name: p.string(),
  count: p.integer().defaultRaw('5'),
  note: p.string().nullable().defaultRaw("'n'"),
};

defineEntity({
  name: 'Item',
  discriminatorColumn: 'kind',
  discriminatorValue: 'item',
  properties,
}).setClass(Item);

defineEntity({
  name: 'Part',
  extends: Item,
  discriminatorValue: 'part',
  properties: { size: p.integer().nullable().defaultRaw('7') },
}).setClass(Part);

defineEntity({ name: 'Payment', inheritance: 'tpt', properties }).setClass(Payment);

defineEntity({
  name: 'CardPayment',
  extends: Payment,
  properties: { digits: p.integer().defaultRaw('16') },
}).setClass(CardPayment);

class Sheet {
  declare id: number;
  declare marks: string[];
}

defineEntity({
  name: 'Sheet',
  properties: {
    id: p.integer().primary(),
    marks: p.json<string[]>().default([] as never),
  },
}).setClass(Sheet);

const objects = {
  left: { given: '{}', held: "[ 5, 'n' ]" },
  given: { given: "{ count: 9, note: 'm' }", held: "[ 9, 'm' ]" },
  'given in part': { given: '{ count: 8 }', held: "[ 8, 'n' ]" },
  empty: { given: '{ note: null }', held: '[ 5, null ]' },
};

const orders: readonly (readonly (keyof typeof objects)[])[] = [
  ['left', 'given'],
  ['given', 'left'],
  ['empty', 'left', 'given in part'],
  ['given', 'given', 'left', 'left', 'empty', 'given'],
];

const mixed = orders.flatMap(order => {
  const given = order.map(
    (kind, index) => `Object.assign(new TYPE(${objects[kind].given}), { name: '${index}' })`,
  );
  const held = `[ ${order.map(kind => objects[kind].held).join(', ')} ]`;
  const count = order.length;
  return ['Item', 'CardPayment'].map((type): Script => [
    `6: columns of ${type} with defaults, ${order.join(', ')}`,
    `> x = [${given.join(', ').replaceAll('TYPE', type)}]; addAll(x); flush()
      flushed ${count} new (${type})
      > x.map(({ count, note }) => [count, note])
      ${held}
      > commit()
      committed ${count} new (${type})
      > em.clear(); ${type}.query.orderBy('id').all().map(({ count, note }) => [count, note])
      ${held}
      > ${type}.query.orderBy('id').all().map(({ name }) => name).join('')
      '${order.map((_, index) => index).join('')}'`,
  ]);
});

testScripts(
  'columns with defaults',
  [
    ...mixed,
    [
      '6, 33: keys that are given, and keys that the database gives',
      `> x = [new Item({ id: 70, name: 'a' }), new Item({ name: 'b' }), new Item({ id: 80, name: 'c' })]; addAll(x); commit()
      committed 3 new (Item)
      > [x[0].id, x[1].id > 0, x[2].id, get(Item, x[1].id) === x[1]]
      [ 70, true, 80, true ]`,
    ],
    [
      '6: classes in one table',
      `> x = [new Part({ name: 'a', size: 1 }), new Item({ name: 'b' }), new Part({ name: 'c' })]; addAll(x); commit()
      committed 3 new (Item, Part)
      > [x[0].size, x[2].size]
      [ 1, 7 ]
      > x = [new Item({ name: 'd' }), new Part({ name: 'e' })]; addAll(x); flush(); x[1].size
      7
      > commit(); em.execute("select size from item where kind = 'part' order by id").map(({ size }) => size)
      [ 1, 7, 7 ]`,
    ],
    [
      '8, 35: of a subclass that has the table of its base class are no change of the base class',
      `> x = new Item({ name: 'a' }); add(x); commit()
      committed 1 new (Item)
      > [x.name, session.dirty]
      [ 'a', [] ]
      > x.name = 'b'; commit(); em.execute('select name, size from item')
      [ { name: 'b', size: 7 } ]`,
    ],
    [
      '18: one that was rolled back beside a new one',
      `> a = new Item({ name: 'a' }); add(a); flush()
      flushed 1 new (Item)
      > rollback(); b = new Item({ name: 'b' }); addAll([a, b]); commit()
      committed 2 new (Item)
      > [a, b].map(({ count, note }) => [count, note])
      [ [ 5, 'n' ], [ 5, 'n' ] ]`,
    ],
  ],
  dialects,
  { Item, Part, Payment, CardPayment },
);

testScripts(
  'a default that is a list',
  [
    [
      '2: is of each new object alone, and stays as it was declared',
      `> a = new Sheet(); b = new Sheet(); addAll([a, b]); commit()
      committed 2 new (Sheet)
      > a.marks.push('x'); commit()
      committed 1 changed (Sheet)
      > b.marks
      []
      > c = new Sheet(); add(c); commit(); [a.marks, c.marks]
      [ [ 'x' ], [] ]
      > d = em.create(Sheet, {}); e = em.create(Sheet, {}); d.marks.push('z'); commit(); [d.marks, e.marks]
      [ [ 'z' ], [] ]`,
    ],
  ],
  dialects,
  { Sheet },
);
