import { testPairs } from './pairs.ts';

testPairs('deletions', [
  ['delete o.a', 'return [(delete __s.o.a)];'],
  ['delete o.a.b', 'return [(delete wait(__ms.read(__s.o, "a")).b)];'],
  ['delete o?.a', 'return [((((__t0 = __s.o) == null ? undefined : delete __t0.a)) !== false)];'],
]);
