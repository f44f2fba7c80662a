// The numbers in the names are those of docs/session.md.
import { Post, User } from '../../../../src/index.ts';
import { dialects } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';

const begin = `> for (const name of ['a', 'b', 'c']) add(new User({ username: name, email: name, password: 'p' })); commit()
    committed 3 new (User)`;

/** What a loop over the rows does at the first of them, what it finds in the last one then, and what is staged after it. */
const steps: readonly (readonly [step: string, found: string, staged: number])[] = [
  ["get(User, 3).password = 'q'; await em.flush()", 'q', 0],
  ["get(User, 3).password = 'q'; flush()", 'q', 0],
  ["get(User, 3).password = 'q'; commit()", 'q', 0],
  ["get(User, 3).password = 'q'", 'q', 1],
  ["get(User, 3).password = 'r'; flush(); get(User, 3).password = 'q'", 'q', 1],
  ["(await em.findOne(User, 3)).password = 'q'; await em.flush()", 'q', 0],
  ["User.query.filterBy({ id: 3 }).update({ password: 'q' }); get(User, 3).password", 'q', 0],
  ['get(User, 3).password', 'p', 0],
  ["get(User, 2).password = 'q'; flush()", 'p', 0],
];

const scripts: readonly Script[] = [
  ...steps.flatMap(([step, found, staged]) =>
    ['0', 'em.clear()'].map((before): Script => [
      `33, 40: a row of a stream is not put over what is newer: ${before}; ${step}`,
      `${begin}
      > ${before}; async function f() { let last; for await (const u of em.createQueryBuilder(User).orderBy({ id: 1 }).stream()) { if (u.id === 1) { ${step} } last = u.password } return last }
      > [f(), session.dirty.length, get(User, 3).password]
      [ '${found}', ${staged}, '${found}' ]
      > commit(); em.execute('select password as p from ' + em.getPlatform().quoteIdentifier('user') + ' where id = 3')[0].p
      '${found}'`,
    ]),
  ),
  ...['remove(get(User, 3)); flush()', 'em.nativeDelete(User, 3)'].map((removal): Script => [
    `24: a stream does not come to what was removed meanwhile: ${removal}`,
    `${begin}
    > async function f() { const seen = []; for await (const u of em.createQueryBuilder(User).orderBy({ id: 1 }).stream()) { seen.push(u.id); if (u.id === 1) { ${removal} } } return seen }
    > [f(), get(User, 3), session.new.length]
    [ [ 1, 2 ], null, 0 ]`,
  ]),
];

testScripts('what is read and written while a query builder streams', scripts, dialects, { User, Post });
