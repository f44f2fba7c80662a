import { describe, expect, it } from '@jest/globals';
import { createPrompt } from './await-table/run.ts';
import type { Evaluator, Outcome } from '../../../repl/evaluate/run.ts';

/** An iterator without a loop of its own, of which each item is a turn. */
const endlessIterator =
  'const it = { [Symbol.iterator]: () => ({ next: () => { reached(); return { value: [1, 1], done: false } } }) };';
const endlessWalks = [
  'new Map(it)',
  'Array.from(it)',
  '[...it]',
  'const [a, ...b] = it',
  'Math.max(...it)',
  'Object.fromEntries(it)',
  'Promise.all(it)',
  '(() => new Set(it))()',
  'new Float64Array(it)',
  'Iterator.from(it).toArray()',
  'Iterator.from(it).drop(Infinity).next()',
  '[...(function* () { yield* it })()]',
];

describe('a statement that is interrupted', () => {
  it.each([
    ['a loop that awaits', 'while (true) { reached(); tick() }'],
    ['a loop that never awaits', 'while (true) reached()'],
    ['a loop of for', 'for (;;) { reached() }'],
    ['a walk of a list', 'endless.map(x => { reached(); return tick() })'],
    ['an inner loop of a callback', '[1].forEach(x => { while (true) reached() })'],
    [
      'a loop over an async generator',
      'async function* g() { while (true) yield tick() } for await (const x of g()) reached()',
    ],
    ['a try that catches', 'while (true) { try { reached(); tick() } catch {} }'],
    ...endlessWalks.map(walk => [`an endless walk: ${walk}`, `${endlessIterator} ${walk}`] as const),
  ])('%s', async (_, line) => {
    const { prompt, count } = createCounter();
    expect(await runUntilReached(prompt, line)).toEqual({ kind: 'interrupted' });
    const reached = count();
    await turns(20);
    expect(count()).toBe(reached);
  });

  it('stops an async function of an earlier line', async () => {
    const { prompt, count } = createCounter();
    await run(prompt, 'async function forever() { while (true) { reached(); tick() } }');
    expect(await runUntilReached(prompt, 'forever()')).toEqual({ kind: 'interrupted' });
    const reached = count();
    await turns(20);
    expect(count()).toBe(reached);
  });

  it('does not wait for a promise that never settles', async () => {
    const { prompt } = createCounter();
    expect(await runUntilReached(prompt, 'reached(); new Promise(() => {})')).toEqual({
      kind: 'interrupted',
    });
  });

  it('runs nothing after the wait that it was in', async () => {
    const { prompt } = createCounter();
    await run(prompt, 'let after = 0, release; const gate = new Gate(done => { release = done })');
    await runUntilReached(prompt, 'reached(); gate.opened(); after = 1');
    await run(prompt, 'release()');
    await turns(5);
    expect(await run(prompt, 'after')).toEqual({ kind: 'returned', value: 0 });
  });

  it('leaves the prompt as it was: the next line runs, and so does what the interrupted one defined', async () => {
    const { prompt } = createCounter();
    await runUntilReached(
      prompt,
      'let kept = 1; const twice = async x => { tick(); return x * 2 }; while (true) reached()',
    );
    expect(await run(prompt, 'twice(kept)')).toEqual({ kind: 'returned', value: 2 });
  });

  it('is none, when nothing runs', async () => {
    const { prompt } = createCounter();
    expect(prompt.interrupt(true)).toBe(false);
    await run(prompt, '1');
    expect(prompt.interrupt(true)).toBe(false);
  });
});

class Gate {
  readonly #promise: Promise<void>;

  constructor(open: (done: () => void) => void) {
    this.#promise = new Promise(open);
  }

  opened(): Promise<void> {
    return this.#promise;
  }
}

/** A prompt whose `reached()` counts and, the first time, lets the test go on. */
function createCounter() {
  let count = 0;
  const prompt = createPrompt({
    reached: () => {
      if (++count === 1) onReached();
    },
    tick: () => Promise.resolve(),
    endless: Array.from({ length: 1e6 }, (_, index) => index),
    Gate,
  });
  return { prompt, count: () => count };
}

let onReached: () => void = () => undefined;

async function runUntilReached(prompt: Evaluator, line: string): Promise<Outcome> {
  const reached = new Promise<void>(resolve => {
    onReached = resolve;
  });
  const outcome = run(prompt, line);
  await reached;
  // The terminal hears of Ctrl-C when the event loop turns, and not before.
  setImmediate(() => prompt.interrupt(true));
  return outcome;
}

function run(prompt: Evaluator, line: string): Promise<Outcome> {
  const compiled = prompt.compile(line);
  if (compiled.kind !== 'compiled') throw new Error(compiled.kind);
  return prompt.run(compiled, 1);
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise(resolve => setImmediate(resolve));
}
