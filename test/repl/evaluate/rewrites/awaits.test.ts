import { testPairs } from './pairs.ts';

testPairs('awaits', [
  ['await o', 'return { __proto__: null, value: (__ms.resume(await __s.o)) };'],
  ['x = await f()', '(__s.x = (__ms.resume(await __ms.invoke(wait(__s.f), undefined, "f"))));'],
]);
