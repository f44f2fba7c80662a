import { Shell } from '../../repl/shell.ts';
import { openSession } from '../../src/index.ts';
import { line, press, typed } from '../repl/editor/pressed-keys.ts';

/** A key in a text of this many lines, at most so many ms of the processor at the 95th percentile. */
const LINES = 200;
const KEY_MS = 8;
/** A key in the middle of a long line, at most so many bytes. */
const KEY_BYTES = 200;
/** `.type`, in ms of the processor, when the compiler is loaded for it, and after. */
const FIRST_TYPE_MS = 1500;
const NEXT_TYPE_MS = 150;
const SCREENS = [
  [40, 24],
  [80, 24],
  [200, 50],
] as const;

let isSlow = false;

function tell(what: string, found: number, limit: number): void {
  isSlow ||= found > limit;
  console.log(`${what.padEnd(60)} ${found.toFixed(1).padStart(8)} ${String(limit).padStart(8)}`);
}

function high(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * 0.95)] ?? 0;
}

console.log(`${'the editor'.padEnd(60)}     95 %  at most`);
for (const [width, height] of SCREENS) {
  const text = Array.from({ length: LINES }, () => line).join('\n');
  const pressed = press(text, 'up '.repeat(LINES / 2), typed, width, height);
  tell(`ms of a key among ${LINES} lines, ${width} columns`, high(pressed.map(({ ms }) => ms)), KEY_MS);
  const moved = typed.filter(event => event.kind !== 'key' || /right|left|backspace/.test(event.key));
  const long = press(line.repeat(6), `C-a ${'right '.repeat(240)}`, moved, width, height);
  tell(
    `bytes of a key in a line of ${line.length * 6}, ${width} columns`,
    high(long.map(({ bytes }) => bytes)),
    KEY_BYTES,
  );
}

const session = await openSession({ url: 'sqlite::memory:' });
const shell = new Shell({ session, console, load: name => import(name) });
const times: number[] = [];
for (let round = 0; round < 21; round++) {
  // Others use the machine, too.
  const start = process.cpuUsage();
  await shell.respond(`.type User.query.filterBy({ id: ${round} }).all().map(u => u.posts)`);
  const { user, system } = process.cpuUsage(start);
  times.push((user + system) / 1000);
}
const [first = 0, ...next] = times;
tell('ms of the first .type', first, FIRST_TYPE_MS);
tell('ms of another .type', high(next), NEXT_TYPE_MS);
await session.close();
if (isSlow) process.exitCode = 1;
