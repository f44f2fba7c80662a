// The numbers in the names are those of docs/session.md.
import { defineEntity, p } from '@mikro-orm/core';
import { dialects } from '../../support/databases.ts';
import { testScripts } from '../../support/typed.ts';

const billSchema = defineEntity({
  name: 'Bill',
  properties: {
    id: p.integer().primary(),
    sum: p.decimal().precision(12).scale(2).nullable(),
    factor: p.decimal('number').precision(12).scale(2).nullable(),
    due: p.decimal().precision(12).scale(2).lazy().nullable(),
  },
});

class Bill extends billSchema.class {}

billSchema.setClass(Bill);

const read = (given: string, digits: string) => `
  > b.sum = ${given}; b.due = ${given}; commit(); [b.sum, b.due]
  [ '${digits}', '${digits}' ]
  > b.sum = '${digits}'; b.due = ${given}; session.dirty
  []`;

testScripts(
  'decimals',
  [
    [
      '16: have all digits of their columns when they are read, and fewer digits are no change',
      `> b = em.create(Bill, { factor: 1.5 }); add(b); commit(); [b.sum, b.factor]
      [ null, 1.5 ]
      ${read("'10.50'", '10.50')}
      ${read("'7'", '7.00')}
      ${read("'-0.5'", '-0.50')}
      ${read('0', '0.00')}
      > em.clear(); Bill.query.filterBy({ sum: '0.0' }).all().map(b => b.sum)
      [ '0.00' ]`,
    ],
  ],
  dialects,
  { Bill },
);
