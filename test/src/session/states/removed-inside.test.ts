// The numbers in the names are those of docs/session.md.
import { type Script, testScripts } from '../../../support/typed.ts';

/** Ways to remove inside of em.transactional() what is referred to outside. */
const removals = {
  'what it reads': 'em.transactional(async t => { t.remove(await t.findOne(@, 1)) })',
  "the session's object": 'em.transactional(async t => { t.remove(x) })',
};

testScripts(
  'em.transactional() that removes',
  Object.entries(removals).flatMap(([what, line]): Script[] => [
    [
      `17, 33: ${what}, which is in a list of a join table`,
      `> x = new Tag('x'); b = new Book('b'); b.tags.add(x); add(b); commit(); [b.tags.length, x.books.length]
      [ 1, 1 ]
      > commit(); ${line.replace('@', 'Tag')}
      > String(session.pending); commit()
      nothing to commit
      > [Tag.query.count(), b.tags.length, session.has(x)]
      [ 0, 0, false ]`,
    ],
    [
      `17, 33: ${what}, which has a one-to-one relation`,
      `> x = new Author('x'); q = new Profile('q'); q.author = x; add(q); commit(); [q.author === x, x.profile === q]
      [ true, true ]
      > commit(); ${line.replace('@', 'Author')}
      > String(session.pending); commit()
      nothing to commit
      > [Author.query.count(), q.author, session.has(x)]
      [ 0, null, false ]`,
    ],
  ]),
);
