import { testPairs } from './pairs.ts';

testPairs('semicolons', [
  [
    '(() => { return\n(1) })',
    'return { __proto__: null, value: (__ms.typed(function* () { const __w = __ms.begun();  return;\n(1); }, "", 0, "() => { return\\n(1) }", true)) };',
  ],
  [
    '(() => { throw x })',
    'return { __proto__: null, value: (__ms.typed(function* () { const __w = __ms.begun();  throw __s.x; }, "", 0, "() => { throw x }", true)) };',
  ],
  ['while (x) { break }', 'while (wait(__s.x)) { if (__ms.isPauseDue()) await __ms.pause(); {  break; } }'],
  [
    'while (x) { continue }',
    'while (wait(__s.x)) { if (__ms.isPauseDue()) await __ms.pause(); {  continue; } }',
  ],
  ['{ debugger }', '{  debugger; }'],
]);
