import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Shell } from '../../repl/shell.ts';
import { openSession } from '../../src/index.ts';

const STATEMENTS = 10_000;
const ROWS = 1_000_000;
const PARTS = 5;

/** How much larger the heap may be at the end than after the second part, when all is warm. */
const limit = 1.1;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** @returns megabytes of the heap that are in use after a collection */
function heap(): number {
  collect();
  return process.memoryUsage().heapUsed / 1e6;
}

const statements = [
  (i: number) => `u = new User({ username: 'u${i}', email: 'e${i}', password: 'p' })`,
  () => "add(u); add(new Post({ title: 't', content: 'c', author: u })); commit()",
  () => 'User.query.all().map(each => each.posts.length).at(-1)',
  (i: number) => `u.username = 'v${i}'; session`,
  () => 'rollback()',
  () => 'u.posts[0].author.username',
  () => 'for (const post of u.posts) remove(post); remove(u); commit()',
  () => 'no.such.name',
];

const session = await openSession({ url: 'sqlite::memory:' });
const sink = new Console(new Writable({ write: (_chunk, _encoding, done) => done() }));
const shell = new Shell({ session, console: sink, load: specifier => import(specifier) });
await shell.respond('createAll()');

async function measure(name: string, part: (index: number) => Promise<void>): Promise<boolean> {
  const heaps: number[] = [];
  for (let i = 0; i < PARTS; i++) {
    await part(i);
    heaps.push(heap());
  }
  const [, warm = 0] = heaps;
  const ratio = (heaps.at(-1) ?? 0) / warm;
  console.log(
    `${name}: ${heaps.map(each => each.toFixed(1)).join(', ')} MB; ${ratio.toFixed(2)} times (at most ${limit})`,
  );
  return ratio <= limit;
}

const typed = await measure(`heap after each fifth of ${STATEMENTS} statements`, async part => {
  for (let i = 0; i < STATEMENTS / PARTS; i++)
    await shell.respond(statements[i % statements.length]?.(part * STATEMENTS + i) ?? '');
});
await shell.respond(
  `em.execute("with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ROWS / 100}) insert into user (username, email, password) select 'n' || i, 'n' || i, 'p' from n")`,
);
await shell.respond('commit()');
const read = await measure(`heap after each fifth of ${ROWS} rows`, async () => {
  for (let i = 0; i < 100 / PARTS; i++) {
    await shell.respond('n = 0; for (const each of User.query) n += each.username.length; n');
    await shell.respond('em.clear()');
  }
});
await session.close();
process.exitCode = typed && read ? 0 : 1;
