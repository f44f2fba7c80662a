// The numbers in the names are those of docs/session.md.
import { type Script, testScripts } from '../../../support/typed.ts';

const begin = `
  > a = new Author('a'); b = new Book('b', a); add(b); commit(); em.clear(); a = Author.query.one(); b = Book.query.one()
  > [a.bio, a.loud, a.books.length, b.author.name]
  [ 'a wrote', 'A', 1, 'a' ]
  > Author.prototype.titles = function () { return this.books.getItems().map(book => book.title) }
  > Book.prototype.writer = function () { return this.author.name }`;
const look = '[a.words(), a.shout(), a.titles(), b.writer(), a.loud]';

/** What expires everything, and what methods are to find then. */
const expiring: readonly (readonly [string, string, string])[] = [
  ['commit()', "a.name = 'z'; commit()", "[ 2, 'Z!', [ 'b' ], 'z', 'Z' ]"],
  ['rollback()', "a.name = 'z'; flush(); rollback()", "[ 2, 'A!', [ 'b' ], 'a', 'A' ]"],
  [
    'commit() and another query',
    "a.name = 'z'; commit(); Author.query.all()",
    "[ 2, 'Z!', [ 'b' ], 'z', 'Z' ]",
  ],
  ['update()', "Author.query.update({ bio: 'x y z', name: 'q' })", "[ 3, 'Q!', [ 'b' ], 'q', 'Q' ]"],
  [
    'another session',
    `other("update author set bio = 'x', name = 'o'"); other("update book set title = 'y'"); rollback()`,
    "[ 1, 'O!', [ 'y' ], 'o', 'O' ]",
  ],
  ['expire()', 'expire(a)', "[ 2, 'A!', [ 'b' ], 'a', 'A' ]"],
  ['refresh()', 'refresh(a)', "[ 2, 'A!', [ 'b' ], 'a', 'A' ]"],
];

const scripts: readonly Script[] = expiring.map(([how, line, found]) => [
  `41: after ${how}, methods find what was loaded before`,
  `${begin}\n> last = ${line}; ${look}\n${found}`,
]);

testScripts('methods', scripts);
