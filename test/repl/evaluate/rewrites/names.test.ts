import { testPairs } from './pairs.ts';

testPairs('names', [
  ['x', 'return { __proto__: null, value: (__s.x) };'],
  ['Math', 'return { __proto__: null, value: (Math) };'],
  ['Math = 1; Math', '(__s.Math = 1); return { __proto__: null, value: (__s.Math) };'],
  ['NaN = 1', '(NaN = 1);'],
  ['{ let x; x }', '{  let x; (x); }'],
  ['({ x })', 'return { __proto__: null, value: ({ x: __s.x }) };'],
  ['({ __proto__ })', 'return { __proto__: null, value: ({ ["__proto__"]: __proto__ }) };'],
  ['typeof x', 'return { __proto__: null, value: (typeof load(__ms.peek("x"))) };'],
  ['delete x', 'return { __proto__: null, value: (delete __s.x) };'],
  ['typeof Math', 'return { __proto__: null, value: (typeof Math) };'],
  ['__s', 'return { __proto__: null, value: (___s.__s) };'],
  ['let __ms = ___s', '____s.__ms = ____s.___s;'],
]);
