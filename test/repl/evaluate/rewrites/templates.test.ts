import { testPairs } from './pairs.ts';

testPairs('templates', [
  ['`a ${o} b`', 'return { __proto__: null, value: (`a ${wait(__ms.shown(__s.o))} b`) };'],
  ['`a ${1}`', 'return { __proto__: null, value: (`a ${1}`) };'],
  [
    'f`a ${o}`',
    'return { __proto__: null, value: (wait(__ms.invokeTag(wait(__s.f), undefined, "f")`a ${__s.o}`)) };',
  ],
  [
    'o.m`a`',
    'return { __proto__: null, value: (wait(__ms.invokeTag((__t0 = wait(__s.o), wait(__ms.read(__t0, "m"))), __t0, "o.m")`a`)) };',
  ],
]);
