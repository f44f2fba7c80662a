import { testPairs } from './pairs.ts';

testPairs('functions', [
  [
    'f = async x => o.a + x',
    '(__s.f = (__ms.native(async x => {  return (wait(__ms.shown(__ms.read(__s.o, "a"))) + wait(__ms.shown(x))); ; var __t; }, "async x => o.a + x", "f")));',
  ],
  [
    'f = x => o.a + x',
    '(__s.f = (__ms.typed(function* (x) { const __w = __ms.begun(); return (use(__w.shown(__w.read(__s.o, "a")), "o.a") + use(__w.shown(x), "x")); ; var __t; }, "f", 1, "x => o.a + x", true)));',
  ],
  [
    'f = function g() { return g }',
    '(__s.f = ((() => { const g = __ms.typed(function* () { const __w = __ms.begun();  return g; }, "g", 0, "function g() { return g }"); return g; })()));',
  ],
  [
    'f = (x = o.a) => x',
    '(__s.f = (__ms.typed(function* (__t0, ...{}) { const __w = __ms.begun(); let x = ((__t1 = __t0) === undefined ? pauseToLoad(__w.read(__s.o, "a")) : __t1); return x; ; var __t1, __t; }, "f", 0, "(x = o.a) => x", true)));',
  ],
  [
    'f = x => x',
    '(__s.f = (__ms.typed(function* (x) { const __w = __ms.begun(); return x; }, "f", 1, "x => x", true)));',
  ],
  [
    'f = function () { return arguments }',
    '(__s.f = (__ms.typed(function* () { const __w = __ms.begun();  return arguments; }, "f", 0, "function () { return arguments }")));',
  ],
]);
