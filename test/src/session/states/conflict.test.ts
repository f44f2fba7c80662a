// The numbers in the names are those of docs/session.md.
import { type Script, testScripts } from '../../../support/typed.ts';

const begin = `
  > a = new Book('a'); b = new Book('b'); addAll([a, b]); commit(); [a.title, b.title]
  [ 'a', 'b' ]
  > em.begin({ isolationLevel: 'repeatable read' }); Book.query.count()
  2
  > other("update book set price = 9 where title = 'a'")
  []`;
const lost = 'Uncaught TransactionLost: The transaction got in the way of another one, and was undone';
const rows = 'other("select title, price from book order by id")';

const scripts: readonly Script[] = [
  [
    '45: what the transaction wrote is staged again, and the next commit() succeeds',
    `${begin}
    > b.title = 'bb'; flush(); a.title = 'aa'; flush()
    ${lost}
    > [session.inTransaction, session.dirty.length]
    [ false, 2 ]
    > commit(); [a.price, a.title, b.title]
    [ 9, 'aa', 'bb' ]
    > ${rows}
    [ { title: 'aa', price: 9 }, { title: 'bb', price: 3 } ]`,
  ],
  [
    '45: rollback() takes it back',
    `${begin}
    > b.title = 'bb'; flush(); a.title = 'aa'; commit()
    ${lost}
    > rollback(); [a.title, a.price, b.title]
    [ 'a', 9, 'b' ]`,
  ],
  [
    '45: inside nested()',
    `${begin}
    > b.title = 'bb'; nested(() => { a.title = 'aa'; flush() })
    ${lost}
    > a.title = 'aa'; commit(); ${rows}
    [ { title: 'aa', price: 9 }, { title: 'bb', price: 3 } ]`,
  ],
  [
    '45, 19: what update() wrote is named as lost',
    `${begin}
    > Book.query.filter({ title: 'b' }).update({ price: 5 }); a.title = 'aa'; commit()
    ${lost}
    > commit(); ${rows}
    [ { title: 'aa', price: 9 }, { title: 'b', price: 3 } ]`,
  ],
];

testScripts('transactions that cannot go on', scripts, ['postgresql']);
