// The numbers in the names are those of docs/session.md.
import { dialects } from '../../../support/databases.ts';
import { testScripts } from '../../../support/typed.ts';
import { papers } from '../../fixtures/papers.ts';

const said = 'commit().catch(error => error.message)';
testScripts(
  'the value that is taken, where several objects change',
  [
    [
      '19: is said of a column of a base class',
      `> m = new Memo('m'); b = new Bill('b'); o = new Memo('o'); addAll([m, b, o]); commit(); m.name = 'b'; o.body = 'x'; ${said}
      "Paper.name 'b' is taken already"
      > rollback(); o.name = 'b'; m.name = 'x'; ${said}
      "Paper.name 'b' is taken already"
      > rollback(); add(new Bill('o')); m.name = 'x'; ${said}
      "Paper.name 'o' is taken already"`,
    ],
  ],
  dialects,
  papers,
);

testScripts('the value that is taken', [
  [
    '19, 34: is said of a key that changes',
    `> r = new Course('r'); s = new Course('s'); t = new Course('t'); addAll([r, s, t]); commit(); r.id = 2; t.name = 'x'; ${said}
      "Course.id '2' is taken already"`,
  ],
  [
    '19: is said where the row of another EntityManager call has it',
    `> a = new Author('a'); b = new Author('b'); addAll([a, b]); commit(); b.age = 3; a.name = 'b'; em.flush().catch(error => error.message)
      "Author.name 'b' is taken already"
      > em.transactional(async () => {}).catch(error => error.message)
      "Author.name 'b' is taken already"`,
  ],
]);
