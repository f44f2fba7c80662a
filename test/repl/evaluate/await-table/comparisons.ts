import type { Row } from './row.ts';

const lists = [
  '[3, 1, 2]',
  '["b", "a"]',
  '[{ n: 2 }, { n: 1 }]',
  '[later(2), later(1)]',
  '[2n, 1n]',
  '[]',
  '[1]',
];

/** How functions compare that do nothing else, and that have to be called as any other. */
const comparators = [
  '(a, b) => (a.n ?? a) > (b.n ?? b) ? 1 : -1',
  'function (a, b) { return a > b ? 1 : a < b ? -1 : 0 }',
  '(a, b) => later(a > b ? 1 : -1)',
  '(a, b) => { note(`${a.n}`); return a < b ? 1 : -1 }',
  '(a, b) => (a = b, 0)',
  '(a, b) => boom("compared")',
  'function named(a, b) { return named.length - 2 + (a < b ? -1 : 1) }',
  '(a, b) => [a, b].sort((a, b) => a < b ? 1 : -1)[0] === a ? -1 : 1',
  '(a, b) => note(later("x")) && 0',
  '(a, b) => NaN',
  '(a, b) => "1"',
];

/** Items that the comparison looks into, plain and others. */
const programs: readonly string[] = [
  '[{ n: 3 }, { n: 1 }, { n: 2 }].sort((a, b) => a.n - b.n)',
  '[{ n: 3 }, { n: 1 }, { n: 2 }].toSorted((a, b) => (a = { n: -a.n }, a.n - b.n))',
  '[{ get n() { return note(2) } }, { n: 1 }].sort((a, b) => a.n - b.n).map(x => x.n)',
  '[null, { n: 1 }].sort((a, b) => a.n - b.n)',
  '[traced({ n: 2 }), traced({ n: 1 })].sort((a, b) => a.n - b.n).length',
  '[new Date(3), new Date(1)].sort((a, b) => a - b)',
  '[{ d: new Date(3) }, { d: new Date(1) }].sort((a, b) => b.d - a.d || (a.d > b.d ? 1 : -1))',
];

const pairRows: readonly Row[] = lists.flatMap(list =>
  comparators.flatMap(compare => {
    const plain = (text: string) => text.replaceAll('later(', 'soon(');
    const typed = [`${list}.sort(${compare})`, `const compare = ${compare}; ${list}.toSorted(compare)`];
    return typed.map((program): Row => [program, plain(program)]);
  }),
);

export const comparisonRows: readonly Row[] = [...pairRows, ...programs.map((program): Row => [program])];
