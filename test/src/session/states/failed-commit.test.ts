// The numbers in the names are those of docs/session.md.
import { dialects } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';

/** What refers to `t`: how `o` is made, what links it to `t`, what undoes that, and the links that there are. */
const relations = [
  ['a many-to-one relation', "o = new Book('o')", 'o.author = t', 'o.author = null', 'Book', 'author'],
  ['a list', "o = new Book('o')", 't.books.add(o)', 't.books.remove(o)', 'Book', 'author'],
  ['a one-to-one relation', "o = new Profile('o')", 'o.author = t', 'o.author = null', 'Profile', 'author'],
  ['its other side', "o = new Profile('o')", 't.profile = o', 't.profile = null', 'Profile', 'author'],
  ['a many-to-many list', "o = new Tag('o')", 'o.authors.add(t)', 'o.authors = []', 'Tag', 'authors'],
  ['its other side', "o = new Tag('o')", 't.tags.add(o)', 't.tags.removeAll()', 'Tag', 'authors'],
] as const;

/** What is done after a flush, and how many rows of `t` and `o` and links between them there are to be. */
const happenings = [
  ['what is referred to is removed', 'remove(t)', '[ 0, 1, 0 ]'],
  ['what refers is removed', 'remove(o)', '[ 1, 0, 0 ]'],
  ['what is referred to is expunged', 'expunge(t)', '[ 1, 1, 1 ]'],
  ['what refers is expunged', 'expunge(o)', '[ 1, 1, 1 ]'],
  ['it is let go', undefined, '[ 1, 1, 0 ]'],
] as const;

const states = [
  ['new', 'addAll([t, o])'],
  ['referring to a new one', 'add(o); commit(); add(t); o.id'],
] as const;

const scripts = relations.flatMap(([relation, make, link, letGo, type, name]) =>
  states.flatMap(([state, stage]) =>
    happenings.map(([what, happening, counts]): Script => [
      `19: what was flushed before a commit that fails is staged as it was last: ${relation} (${state}), ${what}`,
      `> t = new Author('t'); ${make}; ${stage}; ${link}; flush(); ${happening ?? letGo}; flush(); 1
      1
      > x = new Country('x', 'x'); x.name = null; add(x); commit()
      Uncaught MissingValue: Country.name has no value, and it needs one
      > expunge(x); commit(); 1
      1
      > [Author.query.count(), ${type}.query.count(), ${type}.query.filter({ ${name}: { name: 't' } }).count()]
      ${counts}`,
    ]),
  ),
);

/** How an object that was flushed and removed is staged again. */
const again = [
  ['added', 'add(t)'],
  ['added and flushed', 'add(t); flush()'],
  ['referred to', ''],
  ['referred to and flushed', 'flush()'],
] as const;

const restaged = again.map(([what, steps]): Script => [
  `19: what was flushed, removed and ${what} again is written after a commit that fails`,
  `> t = new Author('t'); o = new Book('o', t); addAll([t, o]); flush(); remove(t); flush(); o.author = t; ${steps}; 1
  1
  > x = new Country('x', 'x'); x.name = null; add(x); commit()
  Uncaught MissingValue: Country.name has no value, and it needs one
  > expunge(x); commit()
  committed 2 new (Author, Book)
  > [o.author === t, session.has(t)]
  [ true, true ]`,
]);

testScripts('a commit that fails', [...scripts, ...restaged], dialects);
