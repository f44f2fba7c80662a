import { describe, expect, it } from '@jest/globals';
import { parseTyped } from '../../../repl/syntax/parse.ts';

describe('a text that is a program', () => {
  it.each([
    ['o.a'],
    [''],
    ['// a comment'],
    ['{ a: 1 }'],
    ['{ let a = 1; f(a) }'],
    ['{ a: 1 as number }'],
    ['f<string>(x)'],
    ['a < b && c > d'],
    ['let x: Map<string, number[]> = new Map()'],
    ['interface A { x: number }'],
    ['enum A { X }'],
    ['@sealed class A {}'],
    ['class A { @log f() {} }'],
    ['class A { constructor(private x: number) {} }'],
    ["const mail: string = 'c@demo.com'"],
    ['await f()'],
    ['using file = open()'],
    ['import { a } from "b"'],
    ['"a\\\nb"'],
  ])('%s', text => {
    expect(parseTyped(text).kind).toBe('program');
  });
});

describe('a text that goes on', () => {
  it.each([
    ['f('],
    ['a.'],
    ['a?.'],
    ['a +'],
    ['x =>'],
    ['if (x) {'],
    ['for (const a of'],
    ['function f() {'],
    ['class A { x = 1'],
    ['{ a: 1'],
    ['{ a: 1,'],
    ['[1, 2'],
    ['`abc'],
    ['`${a'],
    ['/* comment'],
    ['"a\\'],
    ['let x: string ='],
    ['let x: Map<string, number'],
    ['interface A {'],
    ['enum A {'],
    ['type A ='],
    ['abstract class A { f(): '],
    ['f<string>('],
    ['x as'],
    ['@sealed'],
  ])('%s', text => {
    expect(parseTyped(text)).toEqual({ kind: 'incomplete' });
  });
});

describe('a text that is wrong, at the typed column', () => {
  it.each([
    ['foo bar', 1, 4],
    ['f(]', 1, 2],
    ['}', 1, 0],
    ['let 1', 1, 4],
    ['let a = 1\nlet b = )', 2, 8],
    ['  f(1 2)', 1, 6],
    ['let a; let a', 1, 11],
    ['break', 1, 0],
    ['return 5', 1, 0],
    ['new.target', 1, 0],
    ['"abc', 1, 0],
    ["f('x", 1, 2],
    ['{ a: 1, b: }', 1, 11],
    ['{\n  a: 1,\n  b: }', 3, 5],
    ['{ foo bar }', 1, 6],
    ['const x: number = 1 2', 1, 20],
    ['const x: = 5', 1, 9],
    ['let a: string = "a"\nlet b: string = )', 2, 16],
    ['interface A { x: }', 1, 17],
    ["const s: string = 'it's'", 1, 22],
    ['const s: string = "abc', 1, 22],
    ['o?.a`b`', 1, 4],
  ])('%s', (text, line, column) => {
    expect(parseTyped(text)).toMatchObject({ kind: 'invalid', error: { line, column } });
  });
});

const awaitInFunction = /^await can only be used in async functions: leave it out, .* or write async before/;

describe('an error in plain words', () => {
  it.each([
    ['function f() { return (await f(1)).a }', awaitInFunction, 29],
    ['() => await x', awaitInFunction, 12],
    ['class A { m() { await x } }', awaitInFunction, 22],
    ['() => { for await (const x of y) {} }', awaitInFunction, 12],
    ['(x): number => await x', awaitInFunction, 15],
    ['break', 'break can only be used in a loop or a switch.', 0],
    ['if (x) continue', 'continue can only be used in a loop.', 7],
    ['while (x) break y', 'No statement around this has the label y.', 10],
    ['while (x) continue y', 'No loop around this has the label y.', 10],
    ['x = = 1', 'Unexpected token', 4],
  ])('%s', (text, message, column) => {
    const parsed = parseTyped(text);
    const error = parsed.kind === 'invalid' ? parsed.error : undefined;
    expect(error?.message).toMatch(message);
    expect(error?.column).toBe(column);
  });

  it.each([['async () => await x'], ['await f()'], ['() => { for (;;) break }'], ['x: { break x }']])(
    'none for %s',
    text => {
      expect(parseTyped(text).kind).toBe('program');
    },
  );
});
