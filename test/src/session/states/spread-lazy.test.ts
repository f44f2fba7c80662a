// The numbers in the names are those of docs/session.md.
import { defineEntity, p } from '@mikro-orm/core';
import { dialects } from '../../../support/databases.ts';
import { testScripts } from '../../../support/typed.ts';

class Payment {
  declare id: number;
  declare amount: number;
  declare note: string | null;
}

class CardPayment extends Payment {
  declare digits: string | null;
}

class Order {
  declare id: number;
  declare payment: Payment | null;
}

defineEntity({
  name: 'Payment',
  inheritance: 'tpt',
  properties: {
    id: p.integer().primary(),
    amount: p.integer().default(1),
    note: p.text().lazy().nullable(),
  },
}).setClass(Payment);

defineEntity({
  name: 'CardPayment',
  extends: Payment,
  properties: { digits: p.string().nullable() },
}).setClass(CardPayment);

defineEntity({
  name: 'Order',
  tableName: 'orders',
  properties: { id: p.integer().primary(), payment: () => p.manyToOne(Payment).nullable() },
}).setClass(Order);

const added = `c = Object.assign(new CardPayment(), { digits: '1', note: 'n' }); add(Object.assign(new Order(), { payment: c })); commit()
      committed 2 new (CardPayment, Order)`;

testScripts(
  'a base class with a table of its own and a lazy field',
  [
    [
      '6, 15: what another writer did to the table of the subclass is seen',
      `> ${added}
      > em.execute("update card_payment set digits = '9'"); commit(); c.digits
      '9'
      > em.execute('update card_payment set digits = null'); refresh(c); c.digits
      null
      > c.note
      'n'`,
    ],
    [
      '12, 15: its rows are of their classes, whatever finds them',
      `> ${added}
      > em.clear(); Payment.query.first().constructor.name
      'CardPayment'
      > em.clear(); Order.query.first().payment.digits
      '1'
      > em.clear(); c = em.getReference(CardPayment, 1); c.digits = '2'; [c.amount, c.note, session.dirty.length]
      [ 1, 'n', 1 ]
      > commit(); em.execute('select digits from card_payment')
      [ { digits: '2' } ]`,
    ],
  ],
  dialects,
  { Payment, CardPayment, Order },
);
