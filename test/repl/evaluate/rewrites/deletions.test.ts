import { testPairs } from './pairs.ts';

testPairs('deletions', [
  ['delete o.a', 'return { __proto__: null, value: (delete wait(__s.o).a) };'],
  ['delete o.a.b', 'return { __proto__: null, value: (delete wait(__ms.read(__s.o, "a")).b) };'],
  [
    'delete o?.a',
    'return { __proto__: null, value: ((((__t1 = wait(__s.o)) == null ? undefined : delete __t1.a)) !== false) };',
  ],
]);
