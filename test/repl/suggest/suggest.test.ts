import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSession } from '../../../src/index.ts';
import { Shell } from '../../../repl/shell.ts';

let shell: Shell;

beforeAll(async () => {
  shell = new Shell({
    session: await openSession({ url: 'sqlite::memory:' }),
    console,
    load: name => import(name),
  });
  await shell.respond("user = new User({ username: 'a' }); total = 3");
});

afterAll(() => shell.session.close());

/** What is meant by a statement that fails. */
async function meant(typed: string): Promise<string | undefined> {
  const answer = await shell.respond(typed);
  if (answer.kind !== 'error') throw new Error(`${typed} does not fail`);
  return answer.suggestion;
}

describe('what is meant by', () => {
  it.each<[typed: string, meant: string | undefined]>([
    // Names that are nearly right.
    ['comit()', 'commit()'],
    ['creatAll()', 'createAll()'],
    ['Usr.query', 'User.query'],
    ['uesr.username', 'user.username'],
    ['totl + 1', 'total + 1'],
    ['[totl, 1, totl]', '[total, 1, total]'],
    ['add(uesr); comit()', 'add(user); comit()'],
    ['consle.log(1)', 'console.log(1)'],
    ['hlep', 'help'],
    ['sql', '.sql'],
    ['compiled', '.compiled'],
    ['const x = totl', 'const x = total'],
    ['({ totl })', '({ total })'],
    ['Totl', 'total'],
    ['xyzzy()', undefined],
    ['q', undefined],
    // Names in Python's style.
    ['create_all()', 'createAll()'],
    ['drop_all()', 'dropAll()'],
    ['add_all([])', 'addAll([])'],
    ['db.create_all()', 'db.createAll()'],
    ['db.session.add_all([user])', 'db.session.addAll([user])'],
    ['db.session.comit()', 'db.session.commit()'],
    ["User.query.filter_by(username='x')", "User.query.filterBy({ username: 'x' })"],
    [
      "User.query.filter_by(username='x', email='y').first()",
      "User.query.filterBy({ username: 'x', email: 'y' }).first()",
    ],
    ["User.query.order_by('id')", "User.query.orderBy('id')"],
    ['User.query.fist()', 'User.query.first()'],
    ['User.query.get_or_404(1)', 'User.query.getOrFail(1)'],
    ['User.query.first_or_404()', 'User.query.firstOrFail()'],
    ['User.query.one_or_none()', 'User.query.oneOrNone()'],
    ['User.qery.all()', 'User.query.all()'],
    ['em.findd(User)', 'em.find(User)'],
    ["User(username='x')", "new User({ username: 'x' })"],
    ["u = User(username='x', email='y')", "u = new User({ username: 'x', email: 'y' })"],
    ["Usr(username='x')", "new User({ username: 'x' })"],
    ['User({})', 'new User({})'],
    // Functions and values of Python.
    ['None', 'null'],
    ['x = True', 'x = true'],
    ['user.email = None', 'user.email = null'],
    ['print(user)', 'console.log(user)'],
    ['print(user.username, 1)', 'console.log(user.username, 1)'],
    ["len('abc')", "'abc'.length"],
    ['len(user.posts)', 'user.posts.length'],
    ['str(1)', 'String(1)'],
    ['int("1")', 'Number("1")'],
    ['list("ab")', '[..."ab"]'],
    ['isinstance(user, User)', 'user instanceof User'],
    ['dir(user)', 'Object.keys(user)'],
    ['print()', undefined],
    ['print', undefined],
    // What is right, or has a message of its own.
    ['user.usrname', undefined],
    ['null.x', undefined],
    ['throw new Error("comit is not defined")', undefined],
    ['throw 3', undefined],
    ['1 +* 2', undefined],
    ['.hlep', undefined],
    // TypeScript, whose places are others than those of its JavaScript.
    ['const n: number = totl', undefined],
  ])('%s: %s', async (typed, expected) => {
    await expect(meant(typed)).resolves.toBe(expected);
  });

  it('a command with a dot that there is not is in the message', async () => {
    await expect(shell.respond('.hlep')).resolves.toMatchObject({
      error: { message: 'There is no command .hlep; did you mean .help?' },
    });
  });
});
