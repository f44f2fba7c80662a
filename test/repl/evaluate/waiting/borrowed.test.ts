import { describe, expect, it } from '@jest/globals';
import { type Observed, runPlain, type } from '../await-table/run.ts';

/** What a method may be called on that it is not made for, or is like what it is made for. */
const receivers = [
  'null',
  'undefined',
  '5',
  '"abc"',
  '{}',
  '{ length: 3, 0: 1, 2: 5 }',
  '{ length: 2.7, 0: 7, 1: 8, 2: 9 }',
  '{ length: -1, 0: 7 }',
  '{ length: "2", 0: 7, 1: 8 }',
  '{ get length() { return note(2) }, get 0() { return note(1) } }',
  '[, 1, , 2]',
  '[1, 2].values()',
  'new Map([[1, 2]])',
  'new Set([1, 2])',
  'new Int8Array([1, 2])',
  '(function () { return arguments })(1, 2)',
];

const owners: Readonly<Record<string, string>> = {
  'Array.prototype':
    'map filter flatMap forEach find findIndex findLast findLastIndex some every reduce reduceRight',
  'Map.prototype': 'forEach',
  'Set.prototype': 'forEach',
  'Iterator.prototype': 'map filter flatMap forEach find some every reduce',
  'Object.getPrototypeOf(Int8Array.prototype)': 'map filter forEach find some every reduce',
  'String.prototype': 'replace replaceAll',
};

const methods = Object.entries(owners).flatMap(([owner, names]) =>
  names.split(' ').map(name => `${owner}.${name}`),
);

/** Functions that take what can be iterated over, and what may be given to them. */
const taking = [
  'Array.from(X, F)',
  'Object.groupBy(X, F)',
  'Map.groupBy(X, F)',
  '[1, 2].values().flatMap(() => (F(1), X)).toArray()',
  '"aQb".replace({ [Symbol.replace]: (text, by) => text + by(X) }, F)',
  '"aQb".replace(F, X)',
  '"aQb".replaceAll({ toString: () => "Q", [Symbol.replace]: undefined }, F)',
  'Int8Array.from(X, F)',
  'class A extends Float64Array {}; A.from([1, 2], F)',
  'Int8Array.from.call(null, [1, 2], F)',
  'Int8Array.from({ *[Symbol.iterator]() { yield F(X) } })',
  'new Uint8Array((function* () { yield F(2); yield* [F(3)] })())',
];

describe('with a callback that waits, on what it is not made for', () => {
  it.each(methods)('%s does what JavaScript does', async method => {
    const programs = receivers.map(
      receiver => `const v = ${method}.call(${receiver}, x => L(x)); [v, v?.next?.()]`,
    );
    expect(await asTyped(programs)).toEqual(await asPlain(programs));
  });

  it.each(taking)('%s does what JavaScript does', async call => {
    const programs = receivers.map(
      receiver =>
        `const f = x => L(x); ${call.replace(/\bX\b/, () => `(${receiver})`).replace(/\bF\b/, 'f')}`,
    );
    expect(await asTyped(programs)).toEqual(await asPlain(programs));
  });
});

function asTyped(programs: readonly string[]): Promise<object[]> {
  return Promise.all(programs.map(async each => told(each, await type(each.replaceAll('L(', 'later(')))));
}

function asPlain(programs: readonly string[]): Promise<object[]> {
  return Promise.all(programs.map(async each => told(each, await runPlain(each.replaceAll('L(', 'soon(')))));
}

/** V8 words an error in several ways: its kind counts. */
function told(program: string, { shown, threw, log }: Observed): object {
  return { program, shown, threw: threw?.replace(/:.*/s, ''), log };
}
