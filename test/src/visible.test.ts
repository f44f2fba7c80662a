import { expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { visible } from '../../src/index.ts';

it.each([
  ['a\x1B[2Jb', String.raw`a\x1B[2Jb`],
  ['\x1B]0;title\x07', String.raw`\x1B]0;title\x07`],
  ['\u009B2J\u007F', String.raw`\u009B2J\u007F`],
  ['one\r\ntwo\tthree', 'one\\r\ntwo\tthree'],
  ['\u202Eabc\u2066\u200F\u2028', String.raw`\u202Eabc\u2066\u200F\u2028`],
  ['\uFEFFabc', String.raw`\uFEFFabc`],
  ['\uD83D', String.raw`\uD83D`],
  ['Zoë 東京 👩‍👧 e\u0301', 'Zoë 東京 👩‍👧 e\u0301'],
  ['\x1B[31mred\x1B[39m', String.raw`\x1B[31mred\x1B[39m`],
])('%j is shown as %j', (text, shown) => {
  expect(visible(text)).toBe(shown);
  expect(visible(shown)).toBe(shown);
});

it('keeps the colors of what is drawn, and no other code', () => {
  const value = [
    1,
    'a',
    null,
    undefined,
    true,
    Symbol('s'),
    /r/,
    new Date(0),
    1n,
    { a: { b: { c: {} } } },
    Map,
  ];
  const drawn = inspect(value, { colors: true });
  expect(visible(drawn, true)).toBe(drawn);
  expect(visible('\x1B[8mhidden\x1B[2J\x1B[31;1H\x1B[100m', true)).toBe(
    String.raw`\x1B[8mhidden\x1B[2J\x1B[31;1H\x1B[100m`,
  );
});

it('leaves JSON what it means', () => {
  const text = Array.from({ length: 0x2100 }, (_, code) => String.fromCharCode(code)).join('');
  expect(JSON.parse(visible(JSON.stringify(text)))).toBe(text);
});
