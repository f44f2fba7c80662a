import { testPairs } from './pairs.ts';

testPairs('pass-through', [
  [
    '(p ?? f()).then(g)',
    'return { __proto__: null, value: (wait(__ms.invoke((__t1 = (__s.p ?? __ms.invoke(wait(__s.f), undefined, "f")), __ms.reactionOf(__t1, "then")), __t1, "(p ?? f(...)).then", __s.g))) };',
  ],
  [
    '(x ? f() : q).then(g)',
    'return { __proto__: null, value: (wait(__ms.invoke((__t1 = (wait(__s.x) ? __ms.invoke(wait(__s.f), undefined, "f") : __s.q), __ms.reactionOf(__t1, "then")), __t1, "(intermediate value)(intermediate value)(intermediate value).then", __s.g))) };',
  ],
  [
    '(f(), g()).then(h)',
    'return { __proto__: null, value: (wait(__ms.invoke((__t1 = (wait(__ms.invoke(wait(__s.f), undefined, "f")), __ms.invoke(wait(__s.g), undefined, "g")), __ms.reactionOf(__t1, "then")), __t1, "(f(...) , g(...)).then", __s.h))) };',
  ],
  [
    'p ?? f()',
    'return { __proto__: null, value: (wait(__s.p) ?? wait(__ms.invoke(wait(__s.f), undefined, "f"))) };',
  ],
  [
    'Promise.all([x ? f() : q])',
    'return { __proto__: null, value: (wait(__ms.invoke((__t1 = wait(Promise), wait(__ms.read(__t1, "all"))), __t1, "Promise.all", [(wait(__s.x) ? __ms.invoke(wait(__s.f), undefined, "f") : __s.q)]))) };',
  ],
]);
