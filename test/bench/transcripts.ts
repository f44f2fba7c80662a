import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { FreshDatabases } from '../../repl/cli/check/fresh-databases.ts';
import { playOnFreshDatabase } from '../../repl/cli/check/play-on-fresh-database.ts';
import { PlayerProcess } from '../../repl/cli/check/player-process.ts';
import { Shell } from '../../repl/shell.ts';
import { runScript } from '../../repl/cli/run-script.ts';
import { openTranscriptShell } from '../../repl/cli/check/open-transcript-shell.ts';
import { parseTranscript } from '../../repl/transcript/parse/parse-transcript.ts';
import { play } from '../../repl/transcript/run/play.ts';
import { openSession } from '../../src/index.ts';

const FILES = 30;
const ROUNDS = 5;

/** What a step of a transcript may cost, in what the same statement costs in one session. */
const limit = 1.5;

/** What a file on PostgreSQL may cost beyond its statements: its database, and opening and closing the session. */
const fileLimitMs = 100;

const steps: readonly (readonly [string, string?])[] = [
  ['createAll()', 'created post, user'],
  ["user_1 = new User({ username: 'Corey', email: 'c@demo.com', password: 'password' })"],
  ['add(user_1)'],
  ['commit()', 'committed 1 new (User)'],
  ['user_1.id', '1'],
  ["add(new Post({ title: 'Blog 1', content: 'x', userId: user_1.id }))"],
  ['commit()', 'committed 1 new (Post)'],
  ['user_1.posts.length', '1'],
  ["User.query.filterBy({ username: 'Corey' }).first()", "User('Corey', 'c@demo.com')"],
  ['Post.query.first().author.username', "'Corey'"],
];
const text = `\`\`\`repl\n${steps.map(([typed, printed]) => [`> ${typed}`, printed ?? []].flat().join('\n')).join('\n')}\n\`\`\`\n`;
const open = () => openSession({ url: 'sqlite::memory:' });

/** Plays every file on a database of its own. */
async function transcripts(): Promise<void> {
  for (let file = 0; file < FILES; file++) {
    const transcript = parseTranscript('bench.repl.md', text);
    const transcriptShell = await openTranscriptShell(transcript, 'sqlite', open);
    let failed = 0;
    for await (const { status } of play(transcript, transcriptShell)) failed += status === 'passed' ? 0 : 1;
    await transcriptShell.close();
    if (failed > 0) throw new Error(`${failed} steps failed.`);
  }
}

/** The same statements in one session, as a script is piped into the program. */
async function piped(): Promise<void> {
  const session = await open();
  const sink = new Writable({ write: (_chunk, _encoding, done) => done() });
  const shell = new Shell({ session, console: new Console(sink), load: specifier => import(specifier) });
  const script = `${[...steps, ['dropAll()']].map(([typed]) => typed).join('\n')}\n`.repeat(FILES);
  const style = { width: 80, color: false };
  const answers = { style, write: () => undefined };
  await runScript(
    shell,
    { name: undefined, pieces: [script] },
    {
      answers,
      errors: { style, write: error => console.error(error) },
      flush: () => Promise.resolve(undefined),
    },
  );
  await session.close();
}

/** @returns milliseconds of processor time, which a machine that is busy does not change */
async function cost(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Plays every file on PostgreSQL, one after another. @returns what each cost beyond its statements, in milliseconds */
async function onPostgres(): Promise<number[]> {
  const { blocks } = parseTranscript('bench.repl.md', text);
  const job = {
    transcript: { blocks },
    database: 'postgresql',
    timeoutMs: undefined,
    fileTimeoutMs: 600_000,
  } as const;
  const databases = new FreshDatabases([]);
  const player = new PlayerProcess([]);
  const costs: number[] = [];
  // The first waits for the server and the process.
  for (let file = 0; file <= FILES; file++) {
    const start = performance.now();
    const playing = playOnFreshDatabase({ ...job, pastErrors: false, debug: false }, player, databases);
    if (file < FILES) databases.prepare('postgresql');
    const outcome = await playing;
    const failed = outcome.steps.filter(({ status }) => status !== 'passed').length;
    if (failed > 0 || outcome.error !== undefined)
      throw new Error(outcome.error ?? `${failed} steps failed.`);
    const statements = outcome.steps.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    if (file > 0) costs.push(performance.now() - start - statements);
  }
  player.close();
  await databases.close();
  return costs;
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

const found: { readonly files: number; readonly session: number }[] = [];
await piped();
await transcripts();
for (let round = 0; round < ROUNDS; round++)
  found.push({ files: await cost(transcripts), session: await cost(piped) });
const files = median(found.map(each => each.files)) / FILES / steps.length;
const session = median(found.map(each => each.session)) / FILES / steps.length;
const ratio = files / session;
console.log(
  `a step of a transcript: ${files.toFixed(2)} ms; in one session: ${session.toFixed(2)} ms; ${ratio.toFixed(2)} times (at most ${limit})`,
);
const fileMs = median(await onPostgres());
console.log(`a file on PostgreSQL, beyond its statements: ${fileMs.toFixed(0)} ms (at most ${fileLimitMs})`);
process.exitCode = ratio > limit || fileMs > fileLimitMs ? 1 : 0;
