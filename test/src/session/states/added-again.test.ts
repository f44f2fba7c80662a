// The numbers in the names are those of docs/session.md.
import { Post, User } from '../../../../src/index.ts';
import { dialects } from '../../../support/databases.ts';
import { testScripts } from '../../../support/typed.ts';

const made = (name: string) => `new User({ username: '${name}', email: '${name}', password: 'p' })`;
const names =
  "em.execute('select username, password from ' + em.getPlatform().quoteIdentifier('user') + ' order by id')";

testScripts(
  'an object that was removed, flushed and added again',
  [
    [
      '18, 19: is not removed by a commit that fails and is mended',
      `> n = ${made('n')}; addAll([n, ${made('g')}]); commit()
      committed 2 new (User)
      > remove(n); flush(); add(n); n.password = 'q'; t = ${made('g')}; add(t); commit()
      Uncaught UniqueViolation
      > [session.deleted, session.new.length, session.dirty.length]
      [ [], 1, 1 ]
      > t.username = t.email = 'z'; commit()
      committed 1 new (User), 1 changed (User)
      > ${names}
      [ { username: 'n', password: 'q' }, { username: 'g', password: 'p' }, { username: 'z', password: 'p' } ]`,
    ],
    [
      '18, 40: has its row after rollback()',
      `> n = ${made('n')}; add(n); commit(); remove(n); flush(); add(n); rollback(); [n.id, session.new, session.deleted]
      [ 1, [], [] ]
      > n.password = 'q'; commit()
      committed 1 changed (User)`,
    ],
    [
      '19, 34: as one that is pending by what refers to it',
      `> n = ${made('n')}; addAll([n, ${made('g')}]); commit()
      committed 2 new (User)
      > remove(n); flush(); p = new Post({ title: 't', content: 'c', author: n }); add(p); t = ${made('g')}; add(t); commit()
      Uncaught UniqueViolation
      > t.username = t.email = 'z'; commit(); [p.author === n, User.query.count(), session.deleted]
      [ true, 3, [] ]`,
    ],
  ],
  dialects,
  { User, Post },
);
