import { testPairs } from './pairs.ts';

testPairs('surroundings', [
  [
    '(() => this)',
    'return { __proto__: null, value: (((__self) => __ms.typed(function* () { const __w = __ms.begun(); return __self(); }, "", 0, "() => this", true))(() => this)) };',
  ],
  [
    '(() => () => this)',
    'return { __proto__: null, value: (((__self) => __ms.typed(function* () { const __w = __ms.begun(); return (__ms.typed(function* () { const __w = __ms.begun(); return __self(); }, "", 0, "() => this", true)); }, "", 0, "() => () => this", true))(() => this)) };',
  ],
  [
    '(function () { return () => [this, arguments, new.target] })',
    'return { __proto__: null, value: (__ms.typed(function* () { const __w = __ms.begun(); const __target = __ms.newTarget();  return ((__self, __arguments, __target) => __ms.typed(function* () { const __w = __ms.begun(); return [__self(), (__t = __arguments, __w.isUnkept(__t) ? __w.resume(yield __w.used(__t, "arguments")) : __t), (__target)]; ; var __t; }, "", 0, "() => [this, arguments, new.target]", true))(() => this, arguments, __target); }, "", 0, "function () { return () => [this, arguments, new.target] }")) };',
  ],
  [
    '(function () { return this })',
    'return { __proto__: null, value: (__ms.typed(function* () { const __w = __ms.begun();  return this; }, "", 0, "function () { return this }")) };',
  ],
  [
    '(() => eval(x))',
    'return { __proto__: null, value: (((__self) => __ms.typed(function* () { const __w = __ms.begun(); return pause(__w.evaluated(eval(__w.toEvaluate(__s.x, "__", [], true, false)))); ; var __t; }, "", 0, "() => eval(x)", true))(() => this)) };',
  ],
]);
