import { testPairs } from './pairs.ts';

testPairs('blocks', [
  ['{ let a = 1; a }', '{  let a = 1; (a); }'],
  ['try { x } catch (e) { e }', 'try {  (__s.x); } catch (e) {  (e); }'],
  ['switch (x) { case 1: let a; a }', 'switch (wait(__s.x)) { case 1: let a; (a); }'],
]);
