import { testPairs } from './pairs.ts';

testPairs('functions', [
  [
    'f = async x => o.a + x',
    '(__s.f = ({ "f": (async x => { return (wait(__ms.read(__s.o, "a")) + x); ; var __t; }) })["f"]);',
  ],
  ['f = x => o.a + x', '(__s.f = ({ "f": (x => ((__ms.readSync(__s.o, "a") + x))) })["f"]);'],
  ['f = function g() { return g }', '(__s.f = (function g()  { return g; }));'],
  ['f = (x = o.a) => x', '(__s.f = ({ "f": ((x = __ms.readSync(__s.o, "a")) => (x)) })["f"]);'],
  ['f = x => x', '(__s.f = ({ "f": (x => (x)) })["f"]);'],
  ['f = function () { return arguments }', '(__s.f = ({ "f": (function ()  { return arguments; }) })["f"]);'],
]);
