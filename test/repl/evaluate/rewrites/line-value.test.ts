import { testPairs } from './pairs.ts';

testPairs('line-value', [
  ['o', 'return [(__s.o)];'],
  ['o; // c', 'return [(__s.o)]; // c'],
  ['x = 1', '(__s.x = 1);'],
  ['(x = 1)', 'return [(__s.x = 1)];'],
  ['1; 2', '(1); return [(2)];'],
  ['1, x = 2', '(1, __s.x = 2);'],
  ['"use strict"; o', '"use strict"; return [(__s.o)];'],
  ['if (o) x', 'if (wait(__s.o)) (__s.x);'],
]);
