import { testPairs } from './pairs.ts';

testPairs('pass-through', [
  [
    '(p ?? f()).then(g)',
    'return [(wait(wait(__ms.method((__s.p ?? __ms.callable(__s.f, "f")()), "then", "(p ?? f(...)).then"))(__s.g)))];',
  ],
  [
    '(x ? f() : q).then(g)',
    'return [(wait(wait(__ms.method((__s.x ? __ms.callable(__s.f, "f")() : __s.q), "then", "(intermediate value)(intermediate value)(intermediate value).then"))(__s.g)))];',
  ],
  [
    '(f(), g()).then(h)',
    'return [(wait(wait(__ms.method((wait(__ms.callable(__s.f, "f")()), __ms.callable(__s.g, "g")()), "then", "(f(...) , g(...)).then"))(__s.h)))];',
  ],
  ['p ?? f()', 'return [(__s.p ?? wait(__ms.callable(__s.f, "f")()))];'],
  [
    'Promise.all([x ? f() : q])',
    'return [(wait(wait(__ms.method(Promise, "all", "Promise.all"))([(__s.x ? __ms.callable(__s.f, "f")() : __s.q)])))];',
  ],
]);
