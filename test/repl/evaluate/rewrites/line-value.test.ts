import { testPairs } from './pairs.ts';

testPairs('line-value', [
  ['o', 'return { __proto__: null, value: (__s.o) };'],
  ['o; // c', 'return { __proto__: null, value: (__s.o) }; // c'],
  ['x = 1', '(__s.x = 1);'],
  ['(x = 1)', 'return { __proto__: null, value: (__s.x = 1) };'],
  ['1; 2', '(1); return { __proto__: null, value: (2) };'],
  ['1, x = 2', '(1, __s.x = 2);'],
  ['"use strict"; o', '"use strict"; return { __proto__: null, value: (__s.o) };'],
  ['if (o) x', 'if (wait(__s.o)) (__s.x);'],
]);
