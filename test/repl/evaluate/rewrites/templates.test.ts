import { testPairs } from './pairs.ts';

testPairs('templates', [
  ['`a ${o} b`', 'return [(`a ${wait(__ms.refreshed(__s.o))} b`)];'],
  ['`a ${1}`', 'return [(`a ${1}`)];'],
  ['f`a ${o}`', 'return [(wait((__ms.callable(__s.f, "f"))`a ${__s.o}`))];'],
  ['o.m`a`', 'return [(wait((wait(__ms.method(__s.o, "m", "o.m")))`a`))];'],
]);
