import { openSession } from '../../src/index.ts';
import { Shell } from '../../repl/shell.ts';

/**
 * Code at the prompt beside the same in plain JavaScript, by turns in one process; the least of several rounds. `more` is
 * how many ms the prompt may take beyond plain JavaScript, `ratio` how many times longer.
 */
interface Code {
  readonly name: string;
  readonly before?: string;
  readonly code: string;
  readonly limit: { readonly more: number } | { readonly ratio: number };
}

const ROUNDS = 9;

const all: readonly Code[] = [
  {
    name: 'call a typed function 1e6 times',
    before: 'function add2(a) { return a.n + a.m }',
    code: 'for (let i = 0; i < 1e6; i++) add2(one)',
    limit: { more: 400 },
  },
  { name: 'read a property 1e6 times', code: 'for (let i = 0; i < 1e6; i++) one.n', limit: { more: 100 } },
  { name: 'map 1e6 items', code: 'items.map(item => item.n + 1)', limit: { more: 500 } },
  { name: 'subtract dates 1e5 times', code: 'for (let i = 0; i < 1e5; i++) now - now', limit: { more: 50 } },
  { name: 'sort 1e5 items', code: 'some.toSorted((a, b) => a.n - b.n)', limit: { ratio: 4 } },
];

let seed = 1;
const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
const items = Array.from({ length: 1e6 }, () => ({ n: random() }));
const data: Readonly<Record<string, unknown>> = {
  one: { n: 1, m: 2 },
  now: new Date(),
  items,
  some: items.slice(0, 1e5),
};

const session = await openSession({ url: 'sqlite::memory:' });
const shell = new Shell({ session, console, provided: data, load: name => import(name) });

console.log(`${'ms'.padEnd(34)}   prompt    plain     more    ratio  at most`);
for (const each of all) await compare(each);
await session.close();

async function compare({ name, before = '', code, limit }: Code): Promise<void> {
  if (before !== '') await shell.respond(before);
  // oxlint-disable-next-line typescript/no-implied-eval -- running code is what is measured
  const make = new Function(...Object.keys(data), `${before}; return () => { ${code} }`);
  const plain = make(...Object.values(data)) as () => void;
  const times = { prompt: Infinity, plain: Infinity };
  for (let round = 0; round < ROUNDS; round++) {
    times.prompt = Math.min(times.prompt, await time(() => shell.respond(`${code}; undefined`)));
    times.plain = Math.min(times.plain, await time(plain));
  }
  const more = times.prompt - times.plain;
  const most = 'more' in limit ? `${limit.more} more` : `${limit.ratio} times`;
  const numbers = [times.prompt, times.plain, more].map(number => number.toFixed(1));
  console.log(
    `${name.padEnd(34)} ${[...numbers, (times.prompt / times.plain).toFixed(2)].map(n => n.padStart(8)).join(' ')}  ${most}`,
  );
}

async function time(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
