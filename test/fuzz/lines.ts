/*
 * Types damaged statements into a shell, and looks after each at what has to hold whatever was typed. Run by `npm run fuzz`.
 *
 *     node test/fuzz/lines.ts [RUNS] [SEED[:PATH]]
 *
 * Prints a line for every 500 runs, and at the end what failed, as short as it can be made. Exits with 1 if something did.
 */
import { array, asyncProperty, check } from 'fast-check';
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { render } from '../../repl/render/render.ts';
import { Shell } from '../../repl/shell.ts';
import { openSession } from '../../src/index.ts';
import { corpus } from './corpus.ts';
import { damaged } from './mutations.ts';

const [runs = '5000', replay = '1'] = process.argv.slice(2);
const [, seed = replay, path] = /^(-?\d+):(.+)$/.exec(replay) ?? [];

/** Statements of one shell; a few, so that what fails is short. */
const LENGTH = 10;

/** A statement that takes longer waits for something that never comes, and ends when Ctrl-C is pressed. */
const PATIENCE_MS = 1000;

/** One that does not, hangs. */
const LIMIT_MS = 10_000;

/** What takes back what is staged, or may. */
const UNSTAGES =
  /rollback|expunge|clear|drop|nested|transactional|remove|delete|disconnect|close|merge|begin|constructor|prototype|__/;

const INTERNAL = /\/(?:repl|src)\/[\w/-]+\.[jt]s:\d+|Debug Failure|\bNotImplemented\b/;

/** What strays of nobody: errors that no typed code threw. */
const strays: unknown[] = [];
process.on('unhandledRejection', error => strays.push(error));
process.on('uncaughtException', error => strays.push(error));

const sink = new Console(new Writable({ write: (_chunk, _encoding, done) => done() }));

let count = 0;

/** @returns what does not hold; undefined if all does */
async function flaw(shell: Shell, text: string): Promise<string | undefined> {
  const { session } = shell;
  const staged = new Set(session.new);
  const answering = shell.respond(text);
  const isSlow = (await within(PATIENCE_MS, answering)) === undefined;
  if (isSlow) shell.interrupt();
  const answer = await within(LIMIT_MS, answering);
  if (answer === undefined) return 'it hangs';
  const shown = render(answer, { width: 80, color: false }) ?? '';
  if (INTERNAL.test(shown)) return `it shows what is internal: ${shown.slice(0, 2000)}`;
  const internal = strays.splice(0).find(isInternal);
  if (internal !== undefined) return `it leaves a stray: ${String((internal as Error).stack)}`;
  if (UNSTAGES.test(text)) return undefined;
  const left = new Set(session.new);
  const lost = [...staged].filter(object => !left.has(object) && !session.has(object));
  return lost.length > 0 ? `it loses what was staged: ${lost.map(String).join(', ')}` : undefined;
}

/** @returns undefined if it takes longer */
async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timeout = setTimeout(resolve, ms, undefined);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timeout);
  }
}

/** Whether an error comes from the shell's own code, without any typed code on the way to it. */
function isInternal(error: unknown): boolean {
  if (!(error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError))
    return false;
  const { stack = '' } = error;
  return INTERNAL.test(stack) && !/\bprompt:/.test(stack);
}

const property = asyncProperty(array(damaged(corpus()), { minLength: 1, maxLength: LENGTH }), async texts => {
  const session = await openSession({ url: 'sqlite::memory:' });
  const shell = new Shell({ session, console: sink, load: specifier => import(specifier) });
  try {
    await shell.respond(
      "createAll(); add(new User({ username: 'Corey', email: 'c@demo.com', password: 'p' })); commit()",
    );
    await shell.respond(
      "user = User.query.first(); add(new Post({ title: 'a', content: 'b', author: user }))",
    );
    for (const text of texts) {
      if (count++ % 5000 === 0) console.log(`${count - 1} statements`);
      const found = await flaw(shell, text);
      if (found !== undefined) throw new Error(`${JSON.stringify(text)}: ${found}`);
    }
  } finally {
    await session.close().catch(() => undefined);
  }
});

const numRuns = Math.ceil(Number(runs) / (LENGTH / 2));
const found = await check(property, { seed: Number(seed), numRuns, ...(path !== undefined && { path }) });
if (found.failed) {
  console.log(`fails, again with ${found.seed}:${found.counterexamplePath}`);
  console.log(JSON.stringify(found.counterexample?.[0], undefined, 2));
  console.log(String((found.errorInstance as Error | null)?.message));
}
process.exit(found.failed ? 1 : 0);
