import type { Row } from './row.ts';

export const mixtureRows: readonly Row[] = [
  ['function* g() { o.n += yield o.n; o.n++; yield o.n } const i = g(); [i.next(), i.next(5), o.n]'],
  [
    'async function* g() { o.p += yield o.p; return o.p } const i = g(); i.next(); i.next(5).value',
    'async function* g() { const x = await o.p; o.p = x + (yield x); return o.p } const i = g(); await i.next(); (await i.next(5)).value',
  ],
  ['class A { static n = (o.n += 2); x = o.list[0]++; static { o.n **= 2 } } [A.n, new A().x, o.n]'],
  ['const f = (a = o.n++, b = o?.list?.[0], c = (o.none ??= 4)) => [a, b, c, o.n, o.none]; f()'],
  ['class A { f = ({ n, list: [x] } = o, ...r) => [n, x, r] } new A().f(undefined, 1)'],
  ['class A { constructor({ n } = o) { ({ g: this.g } = o); [this.a, this.b = n] = [1] } } new A()'],
  [
    'class A { #a; #b; constructor() { ({ n: this.#a, list: [this.#b] } = o) } get all() { return [this.#a, this.#b] } } new A().all',
  ],
  ['posts.map(({ title, votes }) => title + votes + o.n)'],
  ['posts.map(({ title: t = note("d"), missing: m = note(t) }, i) => [t, m, i])'],
  ['posts.map(function ({ title }) { var title = title + "!"; return note(title) })'],
  [
    'posts.map(({ author: { name } }, i, { length }) => name + i + length)',
    'const r = []; for (const [i, p] of posts.entries()) r.push((await p.author).name + i + 3); r',
  ],
  [
    'Object.entries({ a: posts[0] }).map(([key, { author: { name } }]) => key + name)',
    '["a" + (await posts[0].author).name]',
  ],
  ['posts.filter(({ votes }) => votes > o.n).map(({ title }) => title)'],
  [
    'posts.reduce((all, { title, author }) => ({ ...all, [title]: author.name }), {})',
    'const r = {}; for (const p of posts) r[p.title] = (await p.author).name; r',
  ],
  [
    '[...posts].reverse().map(p => p.author.name)[0]',
    'for (const p of posts.toReversed()) await p.author; "Author 2"',
  ],
  [
    'posts.map(p => p.author).filter(a => a.name.endsWith("2")).length',
    'for (const p of posts) await p.author; 1',
  ],
  [
    'let total = 0; for (const { votes, author: { name } } of posts) total += votes * name.length; total',
    'let total = 0; for (const p of posts) total += p.votes * (await p.author).name.length; total',
  ],
  [
    'const r = {}; for (const p of posts) (r[p.author.name] ??= []).push(p.title); r',
    'const r = {}; for (const p of posts) (r[(await p.author).name] ??= []).push(p.title); r',
  ],
  [
    'const r = {}; for (const p of posts) r[p.author.name] = (r[p.author.name] ?? 0) + 1; r',
    'const r = {}; for (const p of posts) { const a = (await p.author).name; r[a] = (r[(await p.author).name] ?? 0) + 1 } r',
  ],
  [
    'const m = new Map(); posts.forEach(p => m.set(p.author.name, p)); m.size',
    'for (const p of posts) await p.author; 3',
  ],
  [
    'const [first, ...others] = posts.map(p => p.author.name); [first, others.length]',
    'for (const p of posts) await p.author; ["Author 0", 2]',
  ],
  [
    'if (posts.some(p => p.author.name === "Author 0")) { note("yes") } else { note("no") }',
    'await posts[0].author; note("yes"); undefined',
  ],
  [
    'let i = 0; while (posts[i]?.author.name !== "Author 1") i++; i',
    'await posts[0].author; await posts[1].author; 1',
  ],
  [
    'switch (posts[0].author.name) { case "Author 0": note("zero"); break; default: note("other") }',
    'await posts[0].author; note("zero"); undefined',
  ],
  [
    'const { posts: [{ title, likes }] } = query.first(); [title, likes]',
    'const { posts: [p] } = await query.first(); [p.title, await p.likes]',
  ],
  ['const { length, [length - 1]: last } = posts; last.title'],
  [
    '`${posts.map(p => `${p.author}`)}`',
    'for (const p of posts) await p.author; "Author 0,Author 1,Author 2"',
  ],
  ['`${posts[0].author}`', '`${await posts[0].author}`'],
  ['(posts[0].author ?? 1).name', '((await posts[0].author) ?? 1).name'],
  [
    '[posts[0].author.name, ...posts.map(p => p.title), { ...posts[1].author }.name]',
    'const a = await posts[0].author, b = await posts[1].author; ["Author 0", "One", "Two", "Three", "Author 1"]',
  ],
  [
    'label: for (const p of posts) { for (const q of posts) { if (q.author.name !== p.author.name) continue label; note(q.title) } }',
    'label: for (const p of posts) { for (const q of posts) { if ((await q.author).name !== (await p.author).name) continue label; note(q.title) } }',
  ],
  [
    'const f = async () => { for (const p of posts) { try { if (p.author.name === "Author 1") return p.title } finally { note("f") } } }; f()',
    'const f = async () => { for (const p of posts) { try { if ((await p.author).name === "Author 1") return p.title } finally { note("f") } } }; await f()',
  ],
  ['Object.assign({}, o.post, { author: o.post.author.name }).author', '(await o.post.author).name'],
  ['const copy = { ...o.post }; copy.author.name', '(await o.post.author).name'],
  [
    'const { author, ...rest } = o.post; [author.name, Object.keys(rest)]',
    '[(await o.post.author).name, ["title", "tags"]]',
  ],
  ['o.post.author.age += 1; o.post.author.age', '(await o.post.author).age += 1; (await o.post.author).age'],
  ['o.post.author.age++', '(await o.post.author).age++'],
  ['delete o.post.author.age, o.post.author', 'delete (await o.post.author).age, await o.post.author'],
  ['"name" in o.post.author', '"name" in (await o.post.author)'],
  ['const t = traced({ a: { b: 1 } }); t.a.b++; ({ a: t.c = 5 } = {}); [t.a.b, t.c]'],
  ['const t = traced({ a: 1, b: 2 }); const { a, ...r } = t; for (const k in t) note(k); [a, r]'],
  ['const t = traced([1, 2]); const [a] = t; [...t]; for (const x of t) note(x); a'],
  ['let x = 1; { var y = x; let x = 2; }'],
  ['try { null.x } catch ({ message: { length } }) { note(length) }'],
  ['try { o.foo() } catch (e) { e instanceof TypeError && note(e.message) }'],
  ['(() => { try { o.none.x } catch { return note("caught") } })()'],
  [
    'const once = f => { let done = false, value; return () => done ? value : (done = true, value = f()) }; const g = once(() => note(1)); [g(), g()]',
  ],
  [
    'function* take(n, it) { let i = 0; for (const x of it) { if (i++ >= n) return; yield x } } [...take(2, numbers)]',
  ],
  ['const pipe = (...fs) => x => fs.reduce((v, f) => f(v), x); pipe(x => x + 1, x => x * 2)(3)'],
  [
    'const sleepSort = [3, 1].map(x => new Promise(done => done(x))); Promise.all(sleepSort)',
    'const sleepSort = [3, 1]; sleepSort',
  ],
];
