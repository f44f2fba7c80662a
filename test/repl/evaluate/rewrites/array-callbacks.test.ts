import { testPairs } from './pairs.ts';

testPairs('array-callbacks', [
  [
    'o.map(x => x.a)',
    'return [((__ms.isList(__t0 = wait(__ms.loadedList(__s.o)), "map") ? __ms.resume(await __ms.inOrder(__t0, "map", async x => { return wait(__ms.read(x, "a")); ; var __t; })) : wait(__ms.methodSync(__t0, "map", "o.map")(x => (__ms.readSync(x, "a"))))))];',
  ],
  [
    'o?.map(x => x.a).b',
    'return [(((__t0 = __s.o) == null ? undefined : wait(__ms.read((__ms.isList(__t1 = wait(__ms.loadedList(__t0)), "map") ? __ms.resume(await __ms.inOrder(__t1, "map", async x => { return wait(__ms.read(x, "a")); ; var __t; })) : wait(__ms.methodSync(__t1, "map", "o?.map")(x => (__ms.readSync(x, "a"))))), "b"))))];',
  ],
  [
    'o.map(({ a }) => a)',
    'return [((__ms.isList(__t0 = wait(__ms.loadedList(__s.o)), "map") ? __ms.resume(await __ms.inOrder(__t0, "map", async (__t0) => { var a = (__t1 = __ms.destructurable(__t0, "(intermediate value)", "a"), wait(__ms.read(__t1, "a"))); return a; ; var __t0, __t1, __t; })) : wait(__ms.methodSync(__t0, "map", "o.map")(({ a }) => (a)))))];',
  ],
  [
    'o.reduce((s, x) => s + x.a, 0)',
    'return [((__ms.isList(__t0 = wait(__ms.loadedList(__s.o)), "reduce") ? __ms.resume(await __ms.inOrder(__t0, "reduce", async (s, x) => { return (s + wait(__ms.read(x, "a"))); ; var __t; }, 0)) : wait(__ms.methodSync(__t0, "reduce", "o.reduce")((s, x) => ((s + __ms.readSync(x, "a"))), 0))))];',
  ],
  ['o.map(x => x * 2)', 'return [(wait(wait(__ms.method(__s.o, "map", "o.map"))((x => ((x * 2))))))];'],
  ['o.map(f)', 'return [(wait(wait(__ms.method(__s.o, "map", "o.map"))(__s.f)))];'],
  [
    'o.map(async x => x.a)',
    'return [(wait(wait(__ms.method(__s.o, "map", "o.map"))((async x => { return wait(__ms.read(x, "a")); ; var __t; }))))];',
  ],
  [
    'Promise.all(o.map(x => x.a))',
    'return [(wait(wait(__ms.method(Promise, "all", "Promise.all"))((__ms.isList(__t1 = wait(__ms.loadedList(__s.o)), "map") ? __ms.atOnce(__t1, "map", async x => { return wait(__ms.read(x, "a")); ; var __t; }) : __ms.methodSync(__t1, "map", "o.map")(x => (__ms.readSync(x, "a")))))))];',
  ],
  [
    '(() => o.map(x => x.a))',
    'return [(() => (__ms.methodSync(__s.o, "map", "o.map")((x => (__ms.readSync(x, "a"))))))];',
  ],
]);
