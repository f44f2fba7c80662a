// The numbers in the names are those of docs/session.md.
import { testScripts } from '../../../support/typed.ts';

const begin = `
  > k = new Country('k', 'K'); l = new Country('l', 'L'); a = new Author('a'); addAll([k, l, a]); commit(); [k.name, a.name]
  [ 'K', 'a' ]`;

testScripts('em.flush() that fails', [
  [
    '18, 19, 33: what it wrote is undone in memory too, and everything is still staged',
    `${begin}
    > b = new Book('b', a); c = new Author('c'); addAll([b, c]); l.name = null; em.flush().catch(error => error.name)
    'MissingValue'
    > [c.id, b.id, String(session.pending)]
    [ undefined, undefined, '2 new (Author, Book), 1 changed (Country)' ]
    > l.name = 'M'; commit()
    committed 2 new (Author, Book), 1 changed (Country)
    > [c.name, a.books.map(book => book.title), l.name]
    [ 'c', [ 'b' ], 'M' ]
    > commit()
    nothing to commit`,
  ],
  [
    '18, 33: rollback() takes it back, and leaves no objects without rows',
    `${begin}
    > b = new Book('b', a); c = new Author('c'); addAll([b, c]); remove(k); l.name = null; em.flush().catch(error => error.name)
    'MissingValue'
    > rollback()
    rolled back 2 new (Author, Book), 1 changed (Country), 1 removed (Country)
    > [session.has(c), session.has(b), c.name, c.id, session.has(k), k.name, l.name]
    [ false, false, 'c', undefined, true, 'K', 'L' ]
    > [get(Author, a.id + 1), a.books.length, Author.query.count()]
    [ null, 0, 1 ]
    > commit()
    nothing to commit`,
  ],
]);
