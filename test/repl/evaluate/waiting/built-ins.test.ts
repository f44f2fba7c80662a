import { describe, expect, it } from '@jest/globals';
import { runPlain, type } from '../await-table/run.ts';

/** What JavaScript's own functions are called on. */
const receivers: Readonly<Record<string, object>> = {
  '[3, 1, 2]': Array.prototype,
  '[, 1, , 2]': Array.prototype,
  'new Map([[1, 2], [3, 4]])': Map.prototype,
  'new Set([1, 2])': Set.prototype,
  '"abcabc"': String.prototype,
  '/b/g': RegExp.prototype,
  '[3, 1, 2].values()': Object.getPrototypeOf(Object.getPrototypeOf([].values())) as object,
  'new Int8Array([3, 1, 2])': Object.getPrototypeOf(Int8Array.prototype) as object,
  'new Date(0)': Date.prototype,
  '(function () { return 5 })': Function.prototype,
  Array,
  Map,
  Reflect,
  JSON,
  String,
  Math,
};

const callbacks = [
  '(...given) => L(given[0])',
  'function () { return L(true) }',
  '{ valueOf() { return L(1) }, toString() { return L("s") }, toJSON() { return L(2) } }',
];

const forms = [
  '«R».«M»(«C»)',
  '«R»["«M»"]?.([2, 1, 3], «C»)',
  '[...[«R».«M»("b", «C»)]]',
  'await «R».«M»(«C»)',
  'Promise.all([«R».«M»(«C»)])',
];

/** Not compared: what depends on the time, waits for ever, or tells where a function is. */
const left =
  /^(?:constructor|length|name|prototype|arguments|caller|fromAsync|toLocale\w*|setPrototypeOf|get\w*|set(?:UTC)?\w+|toString|ownKeys|random)$/;

const operands = [
  'L(1)',
  '({ valueOf() { return L(1) } })',
  '({ toString() { return L("1") } })',
  '({ [Symbol.toPrimitive]() { return L(1) } })',
  '({ get x() { return L(1) } }).x',
  '(() => L(1))()',
  '[L(1)]',
  '(function* () { yield L(1) })().next().value',
  '`${L(1)}`',
];

const operators = '+ - * / % ** < > <= >= == != === !== & | ^ << >> >>> && || ?? ,'.split(' ');

const uses = [
  ...operators.flatMap(operator => [`(X) ${operator} 1`, `"s" ${operator} (X)`]),
  ...['-', '+', '!', '~', 'typeof ', 'void '].map(operator => `${operator}(X)`),
  '(X) ? 1 : 2',
  '(X)?.foo?.bar',
  '[1, 2][X]',
  '({ [X]: 1 })',
  '({ ...(X) })',
  'new Set([X])',
  'new Map([[X, 1]])',
  'Math.max(X, 2)',
  '`${X}`',
  'String(X)',
  'Number(X)',
  '[X].join()',
  '[X] + ""',
  'JSON.stringify({ a: X })',
  'Object.entries({ a: X })',
  '[1, X].includes(1)',
  '"abc".indexOf(X)',
  '[3].concat(X)',
  'Array.of(X)',
];

const places = [
  'P',
  'const f = () => P; f()',
  '[1].map(() => P)',
  'class A { m() { return P } } new A().m()',
];

/** Runs programs as typed and as JavaScript that has the values at once. @returns those that give something else */
async function different(programs: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const program of programs) {
    const typed = await type(program.replaceAll('L(', 'later('));
    const plain = await runPlain(program.replaceAll('L(', 'soon('));
    const isSame = shown(typed.shown) === shown(plain.shown) && (typed.threw === undefined) === !plain.threw;
    if (!isSame && !/would have to wait|convert object to primitive/.test(typed.threw ?? ''))
      found.push(`${program}: ${typed.shown ?? typed.threw}, not ${plain.shown ?? plain.threw}`);
  }
  return found;
}

/** How functions and their texts are written does not matter here. */
function shown(text: string | undefined): string | undefined {
  return text
    ?.replaceAll(/later|soon/g, 'L')
    .replaceAll(/\[Function[^\]]*\]+/g, 'f')
    .replaceAll(/\s+/g, ' ');
}

describe('no promise gets into a value without a word', () => {
  it.each(Object.entries(receivers))('%s', async (receiver, owner) => {
    const methods = Object.getOwnPropertyNames(owner).filter(
      name => !left.test(name) && typeof Reflect.getOwnPropertyDescriptor(owner, name)?.value === 'function',
    );
    const programs = methods.flatMap(method =>
      callbacks.flatMap(callback =>
        forms.map(form =>
          form
            .replaceAll('«R»', receiver)
            .replace('«M»', method)
            .replace('«C»', () => callback),
        ),
      ),
    );
    expect(await different(programs)).toEqual([]);
  });

  it.each(operands)('%s as an operand', async operand => {
    const programs = uses.flatMap(use =>
      places.map(place => place.replace('P', () => `(${use.replace('X', () => operand)})`)),
    );
    expect(await different(programs)).toEqual([]);
  });
});

describe('where nothing can wait', () => {
  it.each([
    'String(later(1))',
    'Math.max(later(1), 2)',
    'Boolean(later(0))',
    '[1, 2].includes(later(1))',
    '"abc".at(later(1))',
    'JSON.stringify(later(1))',
    'new Date(later(1))',
    '({ [later(1)]: 1 })',
    'later(1) + 1',
    '`${later(1)}`',
    'later(0) ? 1 : 2',
    '[later(1)]',
    '[...later([1])]',
    '(({ a }) => a)(later({ a: 1 }))',
  ])('%s is an error', async code => {
    const { threw } = await type(`class A { constructor() { this.a = ${code} } } new A()`);
    expect(threw).toMatch(/would have to wait/);
  });
});

describe('an async callback', () => {
  it.each([
    ['[1, 2].filter(async x => later(x) > 1)', [2]],
    ['[1, 2].some(async x => later(false))', false],
    ['[1, 2].every(async x => later(x) > 1)', false],
    ['[1, 2].find(async x => later(x) > 1)', 2],
    ['[2, 1].toSorted(async (a, b) => later(a) - later(b))', [1, 2]],
    ['[1, 2].map(async x => later(x) + 1)', [2, 3]],
    ['Array.from([1, 2], async x => later(x) + 1)', [2, 3]],
    ['Int8Array.from([1, 2], async x => later(x) + 1)', new Int8Array([2, 3])],
    ['new Int8Array([1, 2]).map(async x => later(x) + 1)', new Int8Array([2, 3])],
    ['"ab".replace("b", async () => later(2))', 'a2'],
    ['[1, 2].reduce(async (sum, x) => sum + later(x), 0)', 3],
    ['[1, 2].map(later.bind(null))', [1, 2]],
  ])('%s is waited for', async (code, value) => {
    expect((await type(code)).value).toEqual(value);
  });
});
