import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { Shell } from '../../../repl/shell.ts';
import { openSession, type Post, type User } from '../../../src/index.ts';
import { createBlog } from '../../support/blog.ts';
import { dialects, type TestDatabase } from '../../support/databases.ts';

/** A library: none of its functions waits, but for those whose names say so. */
const library = {
  each(list: readonly unknown[], call: (item: unknown) => unknown) {
    for (const item of list) call(item);
  },
  filter: (list: readonly unknown[], call: (item: unknown) => unknown) => {
    const found = [];
    for (const item of list) if (call(item)) found.push(item);
    return found;
  },
  map: (list: readonly unknown[], call: (item: unknown) => unknown) => {
    const made = [];
    for (const item of list) made.push(call(item));
    return made;
  },
  async mapPatiently(list: readonly unknown[], call: (item: unknown) => unknown) {
    const made = [];
    for (const item of list) made.push(await call(item));
    return made;
  },
  *generate(list: readonly unknown[], call: (item: unknown) => unknown) {
    for (const item of list) yield call(item);
  },
  async filterPatiently(list: readonly unknown[], call: (item: unknown) => unknown) {
    await Promise.resolve();
    return list.filter(call);
  },
  once: (call: () => unknown) => () => (call() ? 'yes' : 'no'),
  accessor: (call: () => unknown) => ({
    get value() {
      return call() ? 'yes' : 'no';
    },
  }),
  nameOf: (post: Post) => post.author?.username,
  nameOr: (post: Post) => post.author?.username ?? 'nobody',
  titleOf: (user: User) => user.posts[0]?.title,
  titlesOf: (user: User) => user.posts.map(({ title }) => title),
  countOf: (user: User) => user.posts.length,
  keyOf: (post: Post) => post.author?.id,
  emit: (list: readonly unknown[], call: (item: unknown) => unknown) => {
    const heard: ((item: unknown) => unknown)[] = [];
    const emitter = { on: heard.push.bind(heard), emit: (item: unknown) => heard.map(each => each(item)) };
    emitter.on(call);
    return list.map(emitter.emit).length;
  },
  make: (type: typeof User) => new type({ username: 'n' }).email,
  hold: (call: () => unknown) => ({ held: call() }),
  Holder: class {
    readonly held: unknown;

    constructor(call: () => unknown) {
      this.held = call();
    }
  },
  call: (make: () => unknown) => make(),
  callLater: (make: () => unknown) =>
    new Promise(resolve => {
      setImmediate(() => resolve(make()));
    }),
};

describe.each(dialects)('code that is not typed, on %s', dialect => {
  let database: TestDatabase;
  let shell: Shell;

  beforeAll(async () => {
    database = await createBlog(dialect);
    const session = await openSession({ url: database.url });
    shell = new Shell({ session, console, provided: { library }, load: name => import(name) });
  });

  afterEach(() => shell.session.rollback());

  afterAll(async () => {
    await shell.session.close();
    await database.drop();
  });

  /** @returns what is shown of the value of the last line, or the error */
  async function shown(...lines: readonly string[]): Promise<string> {
    let last = '';
    for (const line of lines) {
      const answer = await shell.respond(line);
      if (answer.kind === 'error') return String(answer.error);
      last = answer.kind === 'nothing' ? '' : inspect('value' in answer ? answer.value : answer);
    }
    return last;
  }

  beforeAll(() =>
    shown(
      'class Ids extends Iterator { #id = 0; next() { return ++this.#id > 2 ? { done: true } : { done: false, value: User.query.get(1).id * this.#id } } }',
    ),
  );

  it.each([
    ['library.map([1], id => User.query.get(id).username)'],
    ['library.map([1], id => User.query.get(id) ?? 1)'],
    ['library.map([1], id => User.query.get(id))'],
    ['library.filter([1, 99], id => User.query.filterBy({ id }).exists())'],
    ['library.map([1], id => ({ count: User.query.count() }))'],
    ['library.map([1], id => { const count = User.query.count(); return count })'],
    ['library.map([1], id => { let count; count = User.query.count(); return { count } })'],
    ['library.map([1], id => [User.query.count()])'],
    ['library.each([1], () => User.query.count())'],
    ['library.each([1], () => { User.query.count() })'],
    ['library.each([1], () => { commit() })'],
    ['library.each([1], () => { session.commit() })'],
    ['library.each([1], () => { em.count(User) })'],
    ['library.call(() => { for (const user of User.query) return user })'],
    ['library.call(() => [...User.query])'],
    ['library.call(() => { const [user] = User.query; return user.id })'],
    ['exists = User.query.exists.bind(User.query); library.filter([1], exists)'],
    ['JSON.stringify({ toJSON: User.query.count.bind(User.query) })'],
    ['({ valueOf: User.query.count.bind(User.query) }) + 1'],
    ['new (class { constructor() { this.list = [1].filter(User.query.exists.bind(User.query)) } })()'],
    ['library.emit([1], id => User.query.filterBy({ id }).exists())'],
    ['library.hold(() => User.query.count())'],
    ['new library.Holder(() => User.query.count())'],
    ['"x" in new Proxy({}, { has: () => User.query.exists() })'],
    ['!("x" in new Proxy({}, { has: () => User.query.exists() })) == false'],
    ['Reflect.has(new Proxy({}, { has: () => User.query.exists() }), "x")'],
    ['[...library.generate([1], id => User.query.get(id))]'],
    ['library.filterPatiently([1, 99], id => User.query.filterBy({ id }).exists())'],
    ['library.once(() => User.query.exists())()'],
    ['library.accessor(() => User.query.exists()).value'],
    ['JSON.stringify({ get count() { return User.query.count() } })'],
    ['Object.values({ get count() { return User.query.count() } })'],
    ['({ ...{ get count() { return User.query.count() } } })'],
    ['count = () => User.query.count(); ({ valueOf: count }) + 1'],
    ['exists = () => User.query.exists(); 1 instanceof { [Symbol.hasInstance]: exists }'],
    ['delete new Proxy({}, { deleteProperty: () => User.query.exists() }).x'],
    ['new (class { constructor() { this.count = User.query.count() } })()'],
    ['new (class { constructor() { this.user = get(User, 1) } })()'],
    ['new (class { constructor() { this.counts = { users: User.query.count() } } })()'],
    ['new (class { constructor() { commit() } })()'],
    ['new (class { constructor() { this.users = Array.from(User.query) } })()'],
    ['new (class { constructor() { this.users = new Set(User.query) } })()'],
    ['new (class { count = User.query.count() })()'],
    ['(class { static count = User.query.count() })'],
    ['({ get count() { return { users: User.query.count() } } }).count'],
    ['({ set count(id) { this.user = get(User, id) } }).count = 1'],
  ])('%s is an error', async line => {
    expect(await shown('em.clear()', line)).toMatch(/^NotLoaded: .+ would have to be waited for/);
  });

  it.each([
    ['Promise.all(library.map([1], id => User.query.count()))', '[ 1 ]'],
    ['Promise.all(library.generate([1], id => User.query.get(id))).map(u => u.username)', "[ 'Corey' ]"],
    ['Promise.allSettled(library.generate([1], id => User.query.get(id))).length', '1'],
    ['Array.fromAsync(library.generate([1], id => User.query.get(id))).map(u => u.username)', "[ 'Corey' ]"],
    ['library.mapPatiently([1], id => User.query.get(id)).map(({ username }) => username)', "[ 'Corey' ]"],
    ['library.mapPatiently([1], async id => User.query.get(id).username)', "[ 'Corey' ]"],
    ['User.query.all().flatMap(user => user.posts).length', '0'],
    ['User.query.all().map(user => user.posts).flat().length', '0'],
    ['[].concat(User.query.first().posts).length', '0'],
    ['em.getReference(User, 1).posts.length', '0'],
    ['count = User.query.count(); count.then(count => count + User.query.count())', '2'],
    ['new Set(User.query).size', '1'],
    ['[...(function* () { yield* User.query })()].length', '1'],
    ['library.call(() => User.query.count()) + 1', '2'],
    ['library.call(() => User.query.count().then(count => count + 1))', '2'],
    ['library.callLater(() => User.query.count())', '1'],
    ['library.call(() => library.call(() => User.query.count()))', '1'],
    ['library.each([1], id => { found = id }); found', '1'],
    ['try { library.filter([1], () => User.query.exists()) } catch { caught = 1 }; caught', '1'],
    ['({ get count() { return User.query.count() } }).count.then(count => count + 1)', '2'],
    ['({ get count() { return User.query.count() } }).count + 1', '2'],
    ['new Proxy({}, { get: () => User.query.count() }).x + 1', '2'],
    ['"x" in new Proxy({}, { has: () => true })', 'true'],
    ['(new (class { constructor() { this.ready = this.load() } async load() { return 1 } })()).ready', '1'],
    ['(new (class { constructor() { this.ready = User.query.count().then(Number) } })()).ready', '1'],
    ['library.hold(async () => 1).held', '1'],
    ['user = User.query.get(1); user.then(({ id }) => id)', '1'],
    ['user = User.query.get(1); user.posts.exists(post => post.author.id === 2)', 'false'],
    ['Promise.all(User.query.get(1).posts).then(posts => posts.length)', '0'],
    ['(await User.query.all().filter(user => user.posts.length > 0)).length', '0'],
    ['await User.query.all().map(user => user.posts.length)', '[ 0 ]'],
    ['(async () => await User.query.all().some(user => user.posts.length > 0))()', 'false'],
    ['Promise.all([User.query.all().map(user => user.posts.length)])', '[ [ 0 ] ]'],
    ['Promise.all(User.query.all().filter(user => user.posts.length > 0)).length', '0'],
    ['Promise.all(User.query.get(1).posts.map(post => post.author.id)).length', '0'],
    ['Promise.all(Array.from(User.query, user => user.posts.length))', '[ 0 ]'],
    ['list = () => User.query.all().map(user => user.posts.length); Promise.all(list())', '[ 0 ]'],
    ['[].map.bind([1, 2])(id => User.query.filterBy({ id }).count())', '[ 1, 0 ]'],
    ['count = User.query.count.bind(User.query); count()', '1'],
    ['count = User.query.count.bind(User.query); library.mapPatiently([1], count)', '[ 1 ]'],
    ['[1].values().map(get.bind(null, User)).toArray()[0].id', '1'],
    ['[1].values().map(async id => User.query.get(id).id).toArray()', '[ 1 ]'],
    ['`${User.query.get(1).posts}` + User.query.get(1).posts + [User.query.get(1).posts].join()', "''"],
    [
      "import { PassThrough } from 'node:stream'; stream = new PassThrough(); heard = new Promise(resolve => stream.once('data', () => resolve(User.query.count() + 1))); stream.write('x'); await heard",
      '2',
    ],
    [
      "import { nextTick } from 'node:process'; await new Promise(resolve => nextTick(() => resolve(User.query.count() + 1)))",
      '2',
    ],
    ['await new Promise(resolve => process.nextTick(() => resolve(User.query.count() + 1)))', '2'],
    ['await (User.query.get(99)?.id ?? User.query.get(1).id)', '1'],
    ['await (User.query.filterBy({ id: 99 }).exists() || 2)', '2'],
    ['[...new Ids()]', '[ 1, 2 ]'],
    ['new Ids().map(id => id + User.query.count()).toArray()', '[ 2, 3 ]'],
    ['Array.from(new Ids())', '[ 1, 2 ]'],
    ['new Set(new Ids()).size', '2'],
    ['Iterator.from(new Ids()).take(1).toArray()', '[ 1 ]'],
    ['try { throw User.query.get(1) } catch ({ posts: { length } }) { n = length }; n', '0'],
    ['try { throw User.query } catch ([{ id }]) { n = id }; n', '1'],
  ])('%s is %s', async (line, value) => {
    expect(await shown('em.clear()', line)).toBe(value);
  });

  it.each([
    ['Math.max.apply(null, User.query)'],
    ['[].slice.call(User.query)'],
    ['JSON.stringify({ users: User.query })'],
    ['library.map({ length: User.query.length }, Number)'],
    ['for (const key in User.query) key'],
    ['(() => { for (const key in User.query) return key })()'],
    ['({ ...User.query })'],
    ['Object.keys(User.query)'],
    ['Object.assign({}, User.query)'],
  ])('%s is an error of the query', async line => {
    expect(await shown(line)).toMatch(/^InvalidQuery: A query (?:has no|is no list)/);
  });

  describe('that is given entities', () => {
    const prepare = ['em.clear()', 'post = Post.query.first()'];

    beforeAll(() => shown("add(new Post({ title: 'T', content: 'c', userId: 1 })); commit()"));

    it.each([
      ['library.nameOf(post)'],
      ['library.nameOr(post)'],
      ['[post].map(library.nameOf)'],
      ['library.titleOf(User.query.first())'],
      ['library.titlesOf(User.query.first())'],
      ['library.countOf(User.query.first())'],
    ])('%s is an error, as something is not loaded', async line => {
      expect(await shown(...prepare, line)).toMatch(/^NotLoaded: (User|Post)[.\w]* is not loaded/);
    });

    it.each([
      ['library.keyOf(post)', '1'],
      ['post.author.username; library.nameOf(post)', "'Corey'"],
      ['post.author.username; commit(); library.nameOf(post)', "'Corey'"],
      ['User.query.first().posts.length; library.titlesOf(User.query.first())', "[ 'T' ]"],
      ['library.make(User)', ''],
      ['library.call(() => post.title)', "'T'"],
    ])('%s is %s', async (line, value) => {
      expect(await shown(...prepare, line)).toBe(value);
    });
  });
});
