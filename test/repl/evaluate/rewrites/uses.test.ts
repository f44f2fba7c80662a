import { testPairs } from './pairs.ts';

testPairs('uses', [
  ['a + b', 'return { __proto__: null, value: (wait(__ms.shown(__s.a)) + wait(__ms.shown(__s.b))) };'],
  [
    'a + b + c',
    'return { __proto__: null, value: (wait(__ms.shown(__s.a)) + wait(__ms.shown(__s.b)) + wait(__ms.shown(__s.c))) };',
  ],
  ['a === b', 'return { __proto__: null, value: (load(__s.a) === load(__s.b)) };'],
  ['-a', 'return { __proto__: null, value: (-number(__s.a)) };'],
  ['if (a) b', 'if (wait(__s.a)) (__s.b);'],
  ['[a, b]', 'return { __proto__: null, value: ([load(__s.a), load(__s.b)]) };'],
  [
    '(() => a + b)',
    'return { __proto__: null, value: (__ms.typed(function* () { const __w = __ms.begun(); return (use(__w.shown(__s.a), "a") + use(__w.shown(__s.b), "b")); ; var __t; }, "", 0, "() => a + b", true)) };',
  ],
  [
    '(() => o.a * 2)',
    'return { __proto__: null, value: (__ms.typed(function* () { const __w = __ms.begun(); return (number(__w.read(__s.o, "a")) * 2); ; var __t; }, "", 0, "() => o.a * 2", true)) };',
  ],
  ['void f()', 'return { __proto__: null, value: (void wait(__ms.invoke(wait(__s.f), undefined, "f"))) };'],
  [
    '(() => { if (a) b })',
    'return { __proto__: null, value: (__ms.typed(function* () { const __w = __ms.begun();  if (use(__s.a, "a")) (__s.b); ; var __t; }, "", 0, "() => { if (a) b }", true)) };',
  ],
  ['a in b', 'return { __proto__: null, value: (__ms.isKeyIn(wait(__s.a), wait(__s.b), "b")) };'],
  ['a instanceof b', 'return { __proto__: null, value: (__ms.isInstance(wait(__s.a), wait(__s.b), "b")) };'],
  ['!(a == b)', 'return { __proto__: null, value: (!((wait(__ms.areEqual(wait(__s.a), wait(__s.b)))))) };'],
  ['typeof a == "string"', 'return { __proto__: null, value: ((typeof load(__ms.peek("a"))) == "string") };'],
  [
    '(() => { f() })',
    'return { __proto__: null, value: (__ms.typed(function* () { const __w = __ms.begun();  (pause(__w.invokeToKeep(use(__s.f, "f"), undefined, "f"))); ; var __t; }, "", 0, "() => { f() }", true)) };',
  ],
]);
