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
  'let w = O; w++',
  'let w = O; --w',
  '(() => { let w = O; return w-- })()',
  'const o = { w: O }; o.w++',
  'const o = { w: O }; o.w -= 1',
  'class A { #w = O; m() { this.#w += 1 } } new A().m()',
  'String(O)',
  '[O].join()',
  'Number(O)',
  '"abc".at(O)',
  'new Date(O)',
  'new Error(O)',
  'Object.groupBy([1], () => O)',
  '"a".replace("a", () => O)',
  '[2, 1].sort(() => O)',
  'new Intl.NumberFormat("en", { minimumFractionDigits: O })',
];

function caught(code: string): string {
  return `let caught; try { ${code} } catch ({ message }) { caught = message }; caught`;
}

describe.each(objects)('%s that JavaScript converts', object => {
  it.each(conversions)('is an error of the function in %s', async conversion => {
    const code = conversion.replace(/\bO\b/, () => `(${object})`);
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
    'structuredClone({ get n() { return later(1) } })',
    'Object.assign({}, { get n() { return later(1) } })',
    'new Intl.NumberFormat("en", { get style() { return later(1) } })',
    'Intl.DateTimeFormat("en", { get hour() { return later(1) } })',
    'console.table([{ get n() { return later(1) } }])',
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

describe('a function that JavaScript asks and that has to wait', () => {
  it.each([
    '1 instanceof { [Symbol.hasInstance]: ask }',
    'class A { static [Symbol.hasInstance]() { return later(1) } } 1 instanceof A',
    '"a" in new Proxy({}, { has: ask })',
    'delete new Proxy({}, { deleteProperty: ask }).a',
    'new Proxy({}, { set: ask }).a = 1',
    'new Proxy({}, { defineProperty: ask }).a = 1',
    'for (const key in new Proxy({}, { ownKeys: ask }));',
    'Object.keys(new Proxy({}, { ownKeys() { return later([]) } }))',
    'copy = { ...new Proxy({ a: 1 }, { getOwnPropertyDescriptor: ask }) }',
    'Proxy.revocable({}, { has: ask }).proxy; "a" in Proxy.revocable({}, { has: ask }).proxy',
  ])('is an error in %s, at its place', async code => {
    const { value, log } = await type('const ask = () => later(1)', caught(`${code}; log.push("went on")`));
    expect(value).toMatch(/ would have to wait$/);
    expect(log).not.toContain('went on');
  });

  it('is the same function with the same this as before', async () => {
    const { value } = await type(
      'const handler = Object.freeze({ has() { return this === handler }, get: () => later(2) })',
      'const proxy = new Proxy({}, handler); ["a" in proxy, proxy.a, [1] instanceof Array]',
    );
    expect(value).toEqual([true, 2, true]);
  });
});

describe('an iterator whose next has to wait, where nothing can', () => {
  it.each([
    'for (const x of it);',
    'this.a = [...it]',
    'this.a = Math.max(...it)',
    'const [a, ...b] = it',
    'const { a = [...it] } = {}',
    'this.a = new Set(it)',
    'this.a = new Map(it)',
    'this.a = Array.from(it)',
    'this.a = Object.fromEntries(it)',
    'this.a = new Float64Array(it)',
    'this.a = Iterator.from(it).toArray()',
    'this.a = [...Iterator.from(it).map(x => x)]',
    'this.a = Iterator.prototype.toArray.call(it[Symbol.iterator]())',
    'this.a = [...(function* () { yield* it })()]',
  ])('is an error in %s, and not an endless walk', async code => {
    const { value } = await type(
      'const it = { [Symbol.iterator]: () => ({ next: () => later({ done: true }) }) }',
      caught(`new (class { constructor() { ${code} } })()`),
    );
    expect(value).toMatch(/ would have to wait$/);
  });

  it('takes long walks that have nothing to wait for to their end', async () => {
    const { value } = await type(
      'const many = function* () { for (let i = 0; i < 3e5; i++) yield i }',
      'new (class { n = [...many().map(x => x)].length + [...many().drop(2e5)].length })().n',
    );
    expect(value).toBe(4e5);
  });
});
