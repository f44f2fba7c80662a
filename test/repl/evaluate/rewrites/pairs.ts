import { describe, expect, it } from '@jest/globals';
import { compile } from '../../../../repl/evaluate/compile.ts';

/** What is typed, and what it is compiled to, in the notation of {@link compiledTo}. */
export type Pair = readonly [typed: string, compiled: string];

export function testPairs(rewrite: string, pairs: readonly Pair[]): void {
  describe(`the rewrite ${rewrite}`, () => {
    it.each(pairs)('%s', (typed, compiled) => {
      expect(compiledTo(typed)).toBe(compiled);
    });
  });
}

/** The compiled line without the function around it and its temporaries, {@link shortened}. */
function compiledTo(typed: string): string {
  const compiled = compile(typed, { has: () => false });
  if (compiled.kind !== 'compiled') throw new Error(`${typed} is ${compiled.kind}`);
  const [, body = ''] = /=> async \(\) => \{ ([^]*)\n(?:; var [\w, ]+; )?\}$/.exec(compiled.code) ?? [];
  return abbreviate(body);
}

/**
 * What the compiled code writes in many words, each with a name: `wait(x)` waits for x, `pause(x)` does if the caller of
 * the function can, `load(x)` and `pauseToLoad(x)` leave a promise that typed code made to settle it itself,
 * `use(x, typed)` throws if it cannot, `read(o, "a")` reads a property, which plain objects do
 * themselves, and `target(o, "a")` is what an assignment to a property is made to; `number(x)` is an operand of arithmetic.
 */
const shortened: readonly (readonly [
  end: RegExp,
  write: (value: string, match: RegExpExecArray) => string,
])[] = [
  [
    /, typeof __t === 'object' \|\| typeof __t === 'function' \? (?:wait|use|__now\.used)\(__\w+\.shown\(__t\)(?:, "(?:[^"\\]|\\.)*")?\) : __t\)/,
    value => `number(${value})`,
  ],
  [/, __ms\.(?:isPending|isPromise)\(__t\) \? __ms\.resume\(await __t\) : __t\)/, value => `wait(${value})`],
  [/, __w\.isPending\(__t\) \? __w\.resume\(yield __t\) : __t\)/, value => `pause(${value})`],
  [/, __ms\.isLoading\(__t\) \? __ms\.resume\(await __t\) : __t\)/, value => `load(${value})`],
  [/, __w\.isLoading\(__t\) \? __w\.resume\(yield __t\) : __t\)/, value => `pauseToLoad(${value})`],
  [
    /, __w\.isPromise\(__t\) \? __w\.resume\(yield __w\.used\(__t, ("(?:[^"\\]|\\.)*")\)\) : __t\)/,
    (value, [, typed]) => `use(${value}, ${typed})`,
  ],
  [
    /, (__\w+)\.isPlain\(__t\) \? __t\.([\w$]+) : \1\.read\(__t, "\2"\)\)/,
    (value, [, runtime, name]) => `${runtime}.read(${value}, "${name}")`,
  ],
  [
    /, (__\w+)\.isPlain\(__t\) \? __t : \1\.target\(__t, ("(?:[^"\\]|\\.)*"|__t\d+)\)\)/,
    (value, [, runtime, name]) => `${runtime}.target(${value}, ${name})`,
  ],
];

/** Innermost first: the first end belongs to the last start before it. */
function abbreviate(code: string): string {
  const start = '(__t = ';
  const [found] = shortened
    .flatMap(([end, write]) => {
      const match = end.exec(code);
      return match ? [{ match, write }] : [];
    })
    .toSorted((one, other) => one.match.index - other.match.index);
  if (!found) return code;
  const { match, write } = found;
  const startIndex = code.lastIndexOf(start, match.index);
  const value = code.slice(startIndex + start.length, match.index);
  const after = code.slice(match.index + match[0].length);
  return abbreviate(`${code.slice(0, startIndex)}${write(value, match)}${after}`);
}
