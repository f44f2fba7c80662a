import { describe, expect, it } from '@jest/globals';
import { compile } from '../../../repl/evaluate/compile.ts';

/** What the compiler makes of a value that may be a promise. */
const wait = (code: string) => `(__t = ${code}, __ms.pending(__t) ? __ms.resume(await __t) : __t)`;

const passes: Readonly<Record<string, readonly (readonly [typed: string, compiled: string])[]>> = {
  result: [
    ['o', 'return [(__s.o)];'],
    ['o; // c', 'return [(__s.o)]; // c'],
    ['x = 1', '(__s.x = 1);'],
    ['(x = 1)', 'return [(__s.x = 1)];'],
    ['1; 2', '(1); return [(2)];'],
  ],
  declarations: [
    ['let a = 1', '__s.a = 1;'],
    ['let a', '__s.a = undefined;'],
    ['var a', '__ms.declare("a"); ;'],
    ['const a = 1', '__s.a = 1, __ms.constant("a");'],
    ['class A {}', '__s.A = class A {};'],
    ['function f() {}', '__s.f = f; function f()  {}'],
    ['{ let a = 1 }', '{ let a = 1; }'],
    ['{ var a = 1 }', '__ms.declare("a"); { __s.a = 1; }'],
    ['{ function f() {} }', '__ms.declare("f"); { function f()  {} __s.f = f; }'],
    ['let f = () => 1', '__s.f = ({ "f": (() => (1)) })["f"];'],
  ],
  functions: [
    [
      'let f = async function g(x) { return o.a + x }',
      `__s.f = (async function g(x)  { return ${wait('__ms.read(__s.o, "a")')} + x; ; var __t; });`,
    ],
    ['let f = function g() { return o.a }', '__s.f = (function g()  { return __ms.readSync(__s.o, "a"); });'],
  ],
  loops: [
    ['while (o) x', 'while (__s.o) { if (__ms.due()) await __ms.pause(); (__s.x); }'],
    ['for (const k in o) {}', 'for (const k in __s.o) { if (__ms.due()) await __ms.pause(); {} }'],
  ],
  assignments: [
    ['x += o', '(__s.x += __s.o);'],
    ['typeof x', 'return [(typeof __ms.peek("x"))];'],
    ['delete x', 'return [(delete __s.x)];'],
    ['Math', 'return [(Math)];'],
    ['Math = 1', '(__s.Math = 1);'],
    ['o.a = 1', '(__s.o.a = 1);'],
    ['o.a += 1', `((__t0 = __s.o, __t0.a = ${wait('__ms.read(__t0, "a")')} + 1));`],
    ['({ x })', 'return [({ x: __s.x })];'],
  ],
  patterns: [
    ['let { a } = o', `__t0 = __ms.object(__s.o, "o", "a"), __s.a = ${wait('__ms.read(__t0, "a")')};`],
    ['let [a] = o', `[__s.a] = ${wait('__ms.items(__s.o, "o")')};`],
  ],
  access: [
    ['o.a', `return [(${wait('__ms.read(__s.o, "a")')})];`],
    ['f(1)', `return [(${wait('__ms.callable(__s.f, "f")(1)')})];`],
    ['o?.a', `return [(((__t0 = __s.o) == null ? undefined : ${wait('__ms.read(__t0, "a")')}))];`],
    ['await o', 'return [(__ms.resume(await __s.o))];'],
    ['delete o.a', 'return [(delete __s.o.a)];'],
  ],
  'made-up names': [
    ['__s', 'return [(___s.__s)];'],
    ['let __ms = ___s', '____s.__ms = ____s.___s;'],
  ],
};

describe.each(Object.entries(passes))('%s', (_, rows) => {
  it.each(rows)('%s', (typed, compiled) => {
    expect(bodyOf(typed)).toBe(compiled);
  });
});

/** The compiled line without the function around it and its temporaries. */
function bodyOf(typed: string): string {
  const compiled = compile(typed, { has: () => false });
  if (compiled.kind !== 'compiled') throw new Error(compiled.kind);
  const [, body = ''] = /=> async \(\) => \{ ([^]*)\n(?:; var [\w, ]+; )?\}$/.exec(compiled.code) ?? [];
  return body;
}
