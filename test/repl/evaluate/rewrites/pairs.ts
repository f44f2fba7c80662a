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

/** The compiled line without the function around it and its temporaries, with `wait(x)` for what waits for x. */
function compiledTo(typed: string): string {
  const compiled = compile(typed, { has: () => false });
  if (compiled.kind !== 'compiled') throw new Error(`${typed} is ${compiled.kind}`);
  const [, body = ''] = /=> async \(\) => \{ ([^]*)\n(?:; var [\w, ]+; )?\}$/.exec(compiled.code) ?? [];
  return abbreviateWaits(body);
}

/** Innermost first: the first end belongs to the last start before it. */
function abbreviateWaits(code: string): string {
  const start = '(__t = ';
  const end = ', __ms.isPromise(__t) ? __ms.resume(await __t) : __t)';
  const endIndex = code.indexOf(end);
  if (endIndex < 0) return code;
  const startIndex = code.lastIndexOf(start, endIndex);
  const value = code.slice(startIndex + start.length, endIndex);
  return abbreviateWaits(`${code.slice(0, startIndex)}wait(${value})${code.slice(endIndex + end.length)}`);
}
