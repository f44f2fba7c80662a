import { describe, expect, it } from '@jest/globals';
import { type } from '../await-table/run.ts';

/** Objects that JavaScript converts by a typed function that has to wait, however they have come by it. */
const objects = [
  '{ toString: size, valueOf: size }',
  '{ [Symbol.toPrimitive]: size }',
  '{ ["to" + "String"]: size, ["value" + "Of"]: size }',
  '{ toString, valueOf }',
  '{ get toString() { return size }, get valueOf() { return size } }',
  'new (class { toString = size; valueOf = size })()',
  'Object.assign([], { toString: size, valueOf: size })',
  'Object.create({ toString: size, valueOf: size })',
];

const conversions = [
  '`${O}`',
  '"a" + O',
  'O < 2',
  'O == 1',
  '"1" != O',
  '[5, 6][O]',
  '({ [O]: 1 })',
  'let text = "a"; text += O',
  'let sum = O; sum += 1',
];

function caught(code: string): string {
  return `let caught; try { ${code} } catch ({ message }) { caught = message }; caught`;
}

describe.each(objects)('%s that JavaScript converts', object => {
  it.each(conversions)('is an error of the function in %s', async conversion => {
    const code = conversion.replace('O', () => `(${object})`);
    const lines = ['const size = () => later(1)', 'const toString = size, valueOf = size'];
    const { value } = await type(...lines, caught(code));
    expect(value).toMatch(/ would have to wait$/);
  });
});

describe('an accessor that has to wait', () => {
  it.each([
    'copy = { ...{ get n() { return later(1) } } }',
    'copy = { a: 1, ...{ get n() { return later(1) } }, b: 2 }',
    'const { a, ...copy } = { get n() { return later(1) } }',
    '(({ a, ...copy }) => copy)({ get n() { return later(1) } })',
    'JSON.stringify({ get n() { return later(1) } })',
    'Object.entries({ get n() { return later(1) } })',
    'Object.defineProperty({}, "n", { get value() { return later(1) } })',
    '({ set n(_) { return later(1) } }).n = 1',
    'Reflect.set(new (class { set n(_) { return later(1) } })(), "n", 1)',
  ])('is an error in %s, at its place', async code => {
    const { value, log } = await type(caught(`${code}; log.push("went on")`));
    expect(value).toMatch(/ would have to wait$/);
    expect(log).not.toContain('went on');
  });

  it('keeps its name, its length and its text', async () => {
    const { value } = await type(
      'const { get, set } = Object.getOwnPropertyDescriptor({ get n() { return 1 }, set n(v) {} }, "n")',
      '[get.name, get.length, String(get), set.name, set.length, String(set)]',
    );
    expect(value).toEqual(['get n', 0, 'get n() { return 1 }', 'set n', 1, 'set n(v) {}']);
  });
});
