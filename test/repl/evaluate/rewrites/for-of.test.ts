import { testPairs } from './pairs.ts';

testPairs('for-of', [
  [
    'for (const x of o) x',
    'try { for (let __t0 of (__t2 = wait(__ms.loopItems(wait(__s.o), "o")))) { if (__ms.isPendingItem(__t0)) { __t0 = __ms.resume(await __t0.value); if (__ms.isQueryEnd(__t0)) break; } const x = __t0; { if (__ms.isPauseDue()) await __ms.pause(); (x); } } } catch (__e) { __ms.abandon(__t2); throw __e; } finally { (wait(__ms.closed(__t2))); }',
  ],
  [
    'for (x of o) {}',
    'try { for (let __t0 of (__t2 = wait(__ms.loopItems(wait(__s.o), "o")))) { if (__ms.isPendingItem(__t0)) { __t0 = __ms.resume(await __t0.value); if (__ms.isQueryEnd(__t0)) break; } (__s.x = __t0); { if (__ms.isPauseDue()) await __ms.pause(); { } } } } catch (__e) { __ms.abandon(__t2); throw __e; } finally { (wait(__ms.closed(__t2))); }',
  ],
  [
    'for (const { a } of o) a',
    'try { for (let __t0 of (__t3 = wait(__ms.loopItems(wait(__s.o), "o")))) { if (__ms.isPendingItem(__t0)) { __t0 = __ms.resume(await __t0.value); if (__ms.isQueryEnd(__t0)) break; } const a = (__t1 = __ms.destructurable(__t0, undefined, "a"), load(__ms.read(__t1, "a"))); { if (__ms.isPauseDue()) await __ms.pause(); (a); } } } catch (__e) { __ms.abandon(__t3); throw __e; } finally { (wait(__ms.closed(__t3))); }',
  ],
  [
    'for await (const x of o) x',
    'for await (let __t0 of wait(__ms.asyncItems(wait(__s.o), "o"))) { const x = __t0; { if (__ms.isPauseDue()) await __ms.pause(); (x); } }',
  ],
  [
    'f = () => { for (const x of o) x }',
    '(__s.f = (__ms.typed(function* () { const __w = __ms.begun();  try { for (let __t0 of (__t2 = use(__w.loopItems(use(__s.o, "o"), "o"), "o"))) { if (__w.isPendingItem(__t0)) { __t0 = __w.resume(yield __t0.value); if (__w.isQueryEnd(__t0)) break; } const x = __t0; { if (__w.isPauseDue()) yield __w.pause(); (x); } } } catch (__e) { __w.abandon(__t2); throw __e; } finally { (pause(__w.closed(__t2))); } ; var __t0, __t, __t2; }, "f", 0, "() => { for (const x of o) x }", true)));',
  ],
]);
