import { testPairs } from './pairs.ts';

testPairs('semicolons', [
  ['(() => { return\n(1) })', 'return [(() => { return;\n(1); })];'],
  ['(() => { throw x })', 'return [(() => { throw __s.x; })];'],
  ['while (x) { break }', 'while (__s.x) { if (__ms.isPauseDue()) await __ms.pause(); { break; } }'],
  ['while (x) { continue }', 'while (__s.x) { if (__ms.isPauseDue()) await __ms.pause(); { continue; } }'],
  ['{ debugger }', '{ debugger; }'],
]);
