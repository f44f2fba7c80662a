// The numbers in the names are those of docs/session.md.
import { type Script, testScripts } from '../../../support/typed.ts';

/** Ways to stage what has a row. */
const ways = [
  'add(b)',
  'addAll([b])',
  'em.persist(b)',
  'remove(b); add(b)',
  'em.remove(b); add(b)',
  'expunge(b); add(b)',
  'expire(b); add(b)',
  'expunge(a); add(a)',
];

/** Ways in which its row moves to another owner. */
const moves = ['Book.query.update({ author: c })', "other('update book set author_id = 2')"];

const known = ['5', 'b.title; b.author.name; a.books.length; 5'];

const scripts: readonly Script[] = ways.flatMap(way =>
  moves.flatMap(move =>
    known.map((read): Script => [
      `40: what has expired and is staged again is as its row says: ${read}; ${move}; ${way}`,
      `> a = new Author('a'); c = new Author('c'); b = new Book('b', a); addAll([a, c, b]); commit()
      committed 3 new (Author, Book)
      > ${read}
      5
      > expire(a); expire(b); ${move}; ${way}; session.dirty
      []
      > commit(); [other('select author_id from book')[0].author_id, b.author === c, a.books.length, c.books.length]
      [ 2, true, 0, 1 ]`,
    ]),
  ),
);

const merged: readonly Script[] = [
  ['what was read is copied', 'a.name', "[ 'a', 1 ]"],
  ['of what has expired nothing is', '5', "[ 'x', 0 ]"],
  ['but what was assigned', 'a.age = 5', "[ 'x', 1 ]"],
].map(([what, read, found]): Script => [
  `23: ${what} by merge()`,
  `> a = new Author('a'); add(a); commit(); ${read}; em.clear(); other("update author set name = 'x'")
  []
  > b = merge(a); [b.name, session.dirty.length]
  ${found}
  > commit(); b.age === a.__helper.__data.age
  true`,
]);

testScripts('what is staged again', scripts);
testScripts('what is merged', merged);
