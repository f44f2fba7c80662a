import { describe, expect, it } from '@jest/globals';
import { Shell } from '../../../repl/shell.ts';
import { openSession, User } from '../../../src/index.ts';
import { named } from '../../support/blog.ts';

/**
 * What is typed, where `F(…)` is the call that asks the session. `done` ends the line, with what it is given.
 */
const handedOver: Readonly<Record<string, string>> = {
  'http.createServer': `srv = http.createServer((asked, answer) => { answer.end(F) }).listen(0); fetch('http://localhost:' + srv.address().port).then(r => r.text()).then(done)`,
  'new http.Server': `srv = new http.Server((asked, answer) => { answer.end(F) }).listen(0); fetch('http://localhost:' + srv.address().port).then(r => r.text()).then(done)`,
  'net.createServer': `srv = net.createServer(socket => { socket.end(F) }).listen(0); net.connect(srv.address().port).on('data', data => done(String(data)))`,
  listen: 'srv = net.createServer().listen(0, () => { done(F) })',
  close: 'srv = net.createServer().listen(0, () => srv.close(() => { done(F) }))',
  connect: `srv = net.createServer(socket => socket.end()).listen(0); net.connect(srv.address().port, function () { done(F) })`,
  'fs.readFile': `fs.readFile(process.execPath + '.none', error => { done(F) })`,
  'fs.stat, a function that has a name': `heard = error => { done(F) }; fs.stat(process.execPath, heard)`,
  'zlib.gzip': `zlib.gzip('x', { heard(error, data) { done(F) } }.heard)`,
  'crypto.randomBytes': 'crypto.randomBytes(1, () => { done(F) })',
  'child_process.execFile': `child_process.execFile(process.execPath, ['-v'], () => { done(F) })`,
  'stream.finished': `stream.finished(stream.Readable.from([]).resume(), () => { done(F) })`,
  'a stream that maps': 'stream.Readable.from([1]).map(() => F).toArray().then(([found]) => done(found))',
  handleEvent: `heard = { handleEvent(event) { done(this === heard ? F : 'lost') } }; target = new EventTarget(); target.addEventListener('a', heard); target.dispatchEvent(new Event('a'))`,
  'handleEvent of a class': `class Heard { #answer = 'u'; handleEvent() { done(this.#answer && F) } }; target = new EventTarget(); target.addEventListener('a', new Heard()); target.dispatchEvent(new Event('a'))`,
  PerformanceObserver: `watch = new PerformanceObserver(() => { done(F) }); watch.observe({ entryTypes: ['mark'] }); performance.mark('a')`,
};

const imports = [
  ...['child_process', 'crypto', 'fs', 'http', 'net', 'stream', 'zlib'].map(
    name => `import ${name} from 'node:${name}'`,
  ),
  `import { EventEmitter } from 'node:events'`,
  'const { promise, resolve: done } = Promise.withResolvers()',
];

async function answers(lines: readonly string[]): Promise<unknown> {
  const session = await openSession({ url: 'sqlite::memory:' });
  try {
    await session.createAll();
    session.add(named('u1'));
    await session.commit();
    session.em.clear();
    const shell = new Shell({ session, console, load: name => import(name), provided: { User } });
    let answer;
    for (const line of [...imports, ...lines]) answer = await shell.respond(line);
    return answer;
  } finally {
    await session.close();
  }
}

describe('a callback that is handed to a module of Node.js', () => {
  it.each(Object.entries(handedOver))('can wait: %s', async (_, typed) => {
    const lines = [
      typed.replace(/\bF\b/, 'User.query.get(1).username'),
      'answered = await promise',
      `typeof srv === 'undefined' || srv.close()`,
      'answered',
    ];
    expect(await answers(lines)).toMatchObject({ value: 'u1' });
  });
});

/** An emitter of a library, which has fewer methods than that of Node.js. */
const emitterOfLibrary = `class Emitter {
  #heard = []
  emit(name) { this.#heard.forEach(each => each()) }
  on(name, listener) { this.#heard = [...this.#heard, listener] }
  removeListener(name, listener) { this.#heard = this.#heard.filter(each => each !== listener) }
  listeners() { return this.#heard }
  listenerCount() { return this.#heard.length }
  eventNames() { return ['a'] }
}`;

describe('a listener that was typed', () => {
  it.each(
    ['new EventEmitter()', 'new stream.PassThrough()', 'process'].flatMap(emitter =>
      ['on', 'once', 'addListener', 'prependListener', 'prependOnceListener'].flatMap(add =>
        ['off', 'removeListener'].map(remove => [emitter, add, remove] as const),
      ),
    ),
  )('of %s, added by %s, is removed by %s', async (emitter, add, remove) => {
    const lines = [
      `const emitter = ${emitter}, heard = () => User.query.count()`,
      `emitter.${add}('a', heard); const before = emitter.listenerCount('a')`,
      `emitter.${remove}('a', heard); [before, emitter.listenerCount('a')]`,
    ];
    expect(await answers(lines)).toMatchObject({ value: [1, 0] });
  });

  it('is removed from an emitter of a library', async () => {
    const lines = [
      'const heard = () => User.query.count()',
      'emitter.on(`a`, heard); emitter.removeListener(`a`, heard); emitter.listenerCount()',
    ];
    expect(await answers([emitterOfLibrary, 'emitter = new Emitter()', ...lines])).toMatchObject({
      value: 0,
    });
  });

  it('that something else has added is removed, too', async () => {
    const lines = [
      'const emitter = new EventEmitter(), heard = () => User.query.count()',
      'Function.prototype.call.call(new Function("e", "f", "e.on(`a`, f)"), null, emitter, heard)',
      `emitter.off('a', heard); emitter.listenerCount('a')`,
    ];
    expect(await answers(lines)).toMatchObject({ value: 0 });
  });

  it('is handed on by emit() as what it is', async () => {
    const lines = [
      'const emitter = new EventEmitter(), heard = () => User.query.count(), got = []',
      `emitter.on('a', given => { got.push(given === heard) }); emitter.emit('a', heard); got`,
    ];
    expect(await answers(lines)).toMatchObject({ value: [true] });
  });

  it('handled by an object is removed', async () => {
    const lines = [
      'const target = new EventTarget(), got = [], heard = { handleEvent() { got.push(User.query.count()) } }',
      `target.addEventListener('a', heard); target.removeEventListener('a', heard)`,
      `target.dispatchEvent(new Event('a')); got.length`,
    ];
    expect(await answers(lines)).toMatchObject({ value: 0 });
  });
});
