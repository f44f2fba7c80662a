import type { Row } from './row.ts';

export const classRows: readonly Row[] = [
  ['class A { x = 1; #y = 2; sum() { return this.x + this.#y } } new A().sum()'],
  ['class A { #y = 2; static has(a) { return #y in a } } [A.has(new A()), A.has({})]'],
  ['class A { #f(x) { return x * 2 } g(x) { return this.#f(x) } } new A().g(4)'],
  ['class A { #n = 0; up() { this.#n++; this.#n += 2; this.#n **= 2; return ++this.#n } } new A().up()'],
  [
    'class A { #n; init() { this.#n ??= note(1); this.#n ||= 2; this.#n &&= 3; return this.#n } } new A().init()',
  ],
  [
    'class A { get #v() { return note("v") } set #v(x) { note(x) } f() { this.#v = 1; return this.#v } } new A().f()',
  ],
  ['class A { static #n = 1; static up() { return ++A.#n } } A.up() + A.up()'],
  ['class A { static { this.made = note("made") } } A.made'],
  ['class A { static x = 1; static { const y = A.x + 1; this.z = [y].map(v => v * 2) } } A.z'],
  [
    'class A { async f() { return later(this.x) + o.p } x = 3 } new A().f()',
    'class A { async f() { return (await later(this.x)) + (await o.p) } x = 3 } await new A().f()',
  ],
  [
    'class A { async #f() { return later(2) } async g() { return this.#f() + 1 } } new A().g()',
    'class A { async #f() { return later(2) } async g() { return (await this.#f()) + 1 } } await new A().g()',
  ],
  [
    'class A { #p = later(1); async f() { return this.#p + 1 } } new A().f()',
    'class A { #p = later(1); async f() { return (await this.#p) + 1 } } await new A().f()',
  ],
  [
    'class A { #p = later(1); async f() { this.#p += 1; return this.#p } } new A().f()',
    'class A { #p = later(1); async f() { this.#p = (await this.#p) + 1; return this.#p } } await new A().f()',
  ],
  [
    'class A { #p = later(1); async f() { return [this.#p++, this.#p] } } new A().f()',
    'class A { #p = later(1); async f() { const x = await this.#p; this.#p = x + 1; return [x, this.#p] } } await new A().f()',
  ],
  ['class A { p = later(1) } new A().p', 'class A { p = later(1) } await new A().p'],
  [
    'class A { p = later(1); is() { return this.p instanceof Promise } } new A().is()',
    'await later(1); false',
  ],
  [
    'class A { f = () => this; g = async () => later(this === this.f()) } new A().g()',
    'class A { f = () => this; g = async () => later(this === this.f()) } await new A().g()',
  ],
  ['class A { x = [1, 2].map(v => v + this.y); y = 1 } new A().x'],
  ['class A { y = 1; x = [1, 2].map(v => v + this.y) } new A().x'],
  ['class A { x = o.none?.y ?? arguments0; } const arguments0 = 4; new A().x'],
  [
    'class A { ["a" + note(1)] = note(2); static [note("s")] = 3; [later("m")]() { return 4 } } const a = new A(); [a.a1, A.s, a.m()]',
    'class A { ["a" + note(1)] = note(2); static [note("s")] = 3; [await later("m")]() { return 4 } } const a = new A(); [a.a1, A.s, a.m()]',
  ],
  [
    'class A { constructor(x) { this.x = x } who() { return "A" + this.x } } class B extends A { constructor() { super(5); this.y = 6 } who() { return "B" + super.who() } } new B().who()',
  ],
  [
    'class A { who() { return later("A") } } class B extends A { async who() { return super.who() + "B" } } new B().who()',
    'class A { who() { return later("A") } } class B extends A { async who() { return (await super.who()) + "B" } } await new B().who()',
  ],
  [
    'class A { get v() { return later(1) } } class B extends A { async f() { return super.v + 1 } } new B().f()',
    'class A { get v() { return later(1) } } class B extends A { async f() { return (await super.v) + 1 } } await new B().f()',
  ],
  ['class A { static make() { return new this() } } class B extends A { x = 1 } B.make()'],
  ['class A extends Array { last() { return this.at(-1) } } A.from([1, 2]).map(x => x + o.n).last()'],
  [
    'class A extends later(Account) {} new A("z").owner',
    'class A extends (await later(Account)) {} new A("z").owner',
  ],
  [
    'class A extends Account { #extra = 1; async all() { return this.deposit(5).balance + this.#extra } } new A("q").all()',
    'class A extends Account { #extra = 1; async all() { return (await this.deposit(5)).balance + this.#extra } } await new A("q").all()',
  ],
  ['class A extends null { static x = 1 } A.x'],
  ['class A { constructor() { this.target = new.target.name } } class B extends A {} new B().target'],
  ['class A { constructor() { return { other: 1 } } } new A()'],
  [
    'class A { constructor() { return later(7) } } new A()',
    'class A { constructor() { return later(7) } } await new A()',
  ],
  ['class A extends Account { constructor() { const f = () => super("arrow"); f() } } new A().owner'],
  ['class A { *[Symbol.iterator]() { yield* [1, 2] } } [...new A()]'],
  [
    'class A { async *[Symbol.asyncIterator]() { yield later(1) } } const r = []; for await (const x of new A()) r.push(x); r',
    'class A { async *[Symbol.asyncIterator]() { yield await later(1) } } const r = []; for await (const x of new A()) r.push(x); r',
  ],
  [
    'class A { static async *g() { yield 1; yield* stream } } const r = []; for await (const x of A.g()) r.push(x); r',
  ],
  ['class A { get [Symbol.toStringTag]() { return "Tag" } } String(new A())'],
  [
    'class A { [Symbol.toPrimitive](hint) { return note(hint) } } [`${new A()}`, +new A() , new A() + ""].length',
  ],
  ['class A { static get x() { return note(1) } static set x(v) { note(v) } } A.x = 5; A.x += 1; A.x'],
  ['class A { x; y = undefined; static s } Object.keys(new A())'],
  ['class A { "quoted key" = 1; 2 = 3; async = 4; get = 5; static = 6 } new A()'],
  [
    'class A { async() { return 1 } get() { return 2 } static static() { return 3 } } [new A().async(), new A().get(), A.static()]',
  ],
  [
    'const A = class Inner { static me = () => Inner.name; name2() { return Inner === A } }; [A.me(), new A().name2()]',
  ],
  ['class A { static make = () => new A(); n = 1 } A.make()'],
  ['class A { static B = class { x = 1 } } new A.B()'],
  [
    'new (class { constructor(a) { this.a = a } })(later(1))',
    'new (class { constructor(a) { this.a = a } })(await later(1))',
  ],
  ['(class { static f() { return later(2) } }).f()', 'await (class { static f() { return later(2) } }).f()'],
  ['class A {} A()'],
  ['class A { constructor() { this.#x } #x } new A()'],
  ['class A { #x = 1; static get(a) { return a.#x } } A.get({})'],
  ['class A { #x = 1; static set(a) { a.#x = 1 } } A.set({})'],
  ['class A { #m() {} static f(a) { return a.#m() } } A.f({})'],
  ['class A { get x() { return 1 } } new A().x = 2; 1'],
  ['class A { get x() { return 1 } static f() { new A().x = 2 } } A.f()'],
  ['class A extends Account { constructor() {} } new A()'],
  ['class A extends o {}'],
  ['class A { f() { return this } } const { f } = new A(); f()'],
  ['class A { static f() { return typeof this } } (0, A.f)()'],
  ['class A { a = 1; b = this.a + 1; c = () => this.b } new A().c()'],
  ['class A { set v(x) { note(x) } } class B extends A { f() { super.v = 3; super["v"] = 4 } } new B().f()'],
  [
    'class A { get v() { return 2 } set v(x) { note(x) } } class B extends A { f() { super.v += 3; super.v++; return super.v } } new B().f()',
  ],
  [
    'const a = new (class { #x = 1; fn = x => this.#x + x; ys = [1, 2].map(x => this.#x + x) })(); [a.fn(1), a.ys]',
  ],
  ['class A { accessorless = o.list.filter(x => x > o.n).length } new A()'],
  [
    'class P { constructor(public1) { this.p = public1 } } Object.assign(new P(later(1)), { q: later(2) })',
    'class P { constructor(public1) { this.p = public1 } } Object.assign(new P(await later(1)), { q: await later(2) })',
  ],
  [
    'class A { async f() { return [1, 2].map(x => later(this.k + x)) } k = 1 } new A().f()',
    'class A { async f() { const r = []; for (const x of [1, 2]) r.push(await later(this.k + x)); return r } k = 1 } await new A().f()',
  ],
  [
    'class A { async f() { return [1, 2].map(x => later(super.toString() + x)) } } new A().f()',
    'class A { async f() { const r = []; for (const x of [1, 2]) r.push(await later(super.toString() + x)); return r } } await new A().f()',
  ],
];
