import { testPairs } from './pairs.ts';

testPairs('names', [
  ['x', 'return [(__s.x)];'],
  ['Math', 'return [(Math)];'],
  ['Math = 1; Math', '(__s.Math = 1); return [(__s.Math)];'],
  ['NaN = 1', '(NaN = 1);'],
  ['{ let x; x }', '{  let x; (x); }'],
  ['({ x })', 'return [({ x: __s.x })];'],
  ['({ __proto__ })', 'return [({ ["__proto__"]: __proto__ })];'],
  ['typeof x', 'return [(typeof wait(__ms.peek("x")))];'],
  ['delete x', 'return [(delete __s.x)];'],
  ['typeof Math', 'return [(typeof Math)];'],
  ['__s', 'return [(___s.__s)];'],
  ['let __ms = ___s', '____s.__ms = ____s.___s;'],
]);
