import { describe, expect, it } from '@jest/globals';
import { OpenBrackets } from '../../../repl/input/open-brackets.ts';
import { PendingText } from '../../../repl/input/pending-text.ts';
import { parseTyped } from '../../../repl/syntax/parse.ts';
import { callRows } from '../evaluate/await-table/calls.ts';
import { operatorRows } from '../evaluate/await-table/operators.ts';
import { syntaxRows } from '../evaluate/await-table/syntax.ts';
import { typescriptRows } from '../evaluate/await-table/typescript.ts';
import { waitingFunctionRows } from '../evaluate/await-table/waiting-functions.ts';

function goesOn(text: string): boolean {
  const brackets = new OpenBrackets();
  for (const line of text.split('\n')) brackets.add(line);
  return brackets.goesOn;
}

describe('a text that goes on', () => {
  it.each([
    ['f('],
    ['[1, 2,\n  3,'],
    ['{ a: `x ${1'],
    ['`a\n${b}\nc'],
    ['/* a\n b'],
    ['f(/\\(/, '],
    ['if (x) /[)]/.test(y) || ('],
    ['(a) / 2 + ('],
    ['[1 / 2, // ]'],
    ['("(", \')\','],
    ['f({ a: [ "}" ]'],
    ['return (/a/g'],
    ['1 +'],
    ['a = // b'],
    ['f(1) &&'],
    ['let a = 1,'],
  ])('%j', text => {
    expect(goesOn(text)).toBe(true);
  });

  it.each([
    ['f()'],
    ['"("'],
    ['/[(]/'],
    ['x = 1 // ('],
    ['`(`'],
    ['/* ( */'],
    ['`${ `(` }`'],
    ['if (a) /\\(/.test(b)'],
    ['a / b / c'],
    [']'],
    ['(]'],
    ['"abc('],
    ['"(\\'],
    ['{}\n/(/'],
    ['a++'],
    ['a-- // b'],
    ['a // b +'],
    ['"+"'],
  ])('%j is not known to be one', text => {
    expect(goesOn(text)).toBe(false);
  });

  it('is never one that is complete', () => {
    const rows = [callRows, operatorRows, syntaxRows, typescriptRows, waitingFunctionRows].flat();
    const wrong = rows.flatMap(([typed]) =>
      [...typed.matchAll(/(?=[\s()[\]{}`;,/])|$/g)]
        .map(({ index }) => typed.slice(0, index))
        .filter(start => goesOn(start) && parseTyped(start).kind === 'program'),
    );
    expect(wrong).toEqual([]);
  });
});

describe('the lines of a long statement', () => {
  const lines = ['rows = [', ...Array.from({ length: 10_000 }, (_, index) => `  { id: ${index} },`), ']'];

  it('are rarely worth parsing, and the last one is', () => {
    const pending = new PendingText();
    const parsed = lines.map(line => pending.add(line));
    expect(parsed.at(-1)).toBe(true);
    expect(parsed.filter(Boolean).length).toBeLessThan(100);
    expect(pending.text).toBe(lines.join('\n'));
    expect(pending.count).toBe(lines.length);
  });

  it('are parsed again now and then, whatever seems to be open', () => {
    const pending = new PendingText();
    const parsed = ['(', ...lines.slice(1, -1)].map(line => pending.add(line));
    expect(parsed.slice(64).filter(Boolean).length).toBeGreaterThan(0);
  });
});
