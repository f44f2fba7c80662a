// The numbers in the names are those of docs/session.md.
import { testScripts } from '../../../support/typed.ts';

const begin = `
  > a = new Author('a'); b = new Author('b'); addAll([a, b]); commit(); other("delete from author where name = 'a'")
  []`;

testScripts('an object whose row somebody else has deleted', [
  [
    '35: the session is asked about it without an error',
    `${begin}
    > [session.has(a), session.has(b), db.session.has(a), [a, b].map(each => session.has(each))]
    [ false, true, false, [ false, true ] ]
    > [session.new, session.dirty, session.deleted, String(session.pending)]
    [ [], [], [], 'nothing staged' ]
    > a.name
    Uncaught ObjectDeleted: Author 1 is no longer in the database
    > session.expire(a); session.expunge(a); [session.has(a), commit().summary]
    [ false, '' ]`,
  ],
  [
    '35, 36: it can be removed, and that fails at the flush alone',
    `${begin}
    > session.remove(a); commit()
    Uncaught StaleRow: Author 1 was changed or deleted by somebody else since it was read
    > rollback(); session.has(a)
    false`,
  ],
]);
