import { expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Changes JavaScript's own objects in every way that would last, each in a line, and looks at what the shell answers then. */
const program = `
  const { openSession } = await import('./src/index.ts');
  const { Shell } = await import('./repl/shell.ts');
  const paths = ['globalThis', 'process', 'Math', 'JSON', 'Reflect', '[].values().__proto__', '(function* () {}).__proto__'];
  for (const name of ('Array BigInt Boolean Date Error Function Iterator Map Number Object Promise Proxy RegExp Set ' +
    'String Symbol TypeError Uint8Array WeakMap WeakRef WeakSet').split(' '))
    paths.push(name, ...(globalThis[name].prototype ? [name + '.prototype'] : []));
  const keyed = ['Array.prototype|map', 'Array.prototype|then', 'Array.prototype|1', 'Object.prototype|then', 'Object.prototype|value',
    'Promise.prototype|then', 'globalThis|Array', 'globalThis|Date', 'Map.prototype|get', 'Object|keys', 'JSON|stringify', 'process|emit',
    'Function.prototype|call', 'String.prototype|split', 'RegExp.prototype|exec', 'Iterator.prototype|return', 'Reflect|apply'];
  const ways = [
    p => 'Object.freeze(' + p + ')',
    p => 'Object.seal.call(null, ' + p + ')',
    p => '[' + p + '].forEach(Object.preventExtensions)',
    p => '(() => [' + p + '].map(Object.freeze))()',
    p => '[' + p + '].map(Object.freeze.bind(Object))',
    p => 'Array.from(new Set([' + p + ']), Object.seal)',
    p => 'Promise.resolve(' + p + ').then(Object.freeze)',
    p => 'new (class { constructor() { [' + p + '].some(Object.freeze) } })()',
    p => 'Reflect.apply(Reflect.preventExtensions, null, [' + p + '])',
    p => p + '.m = 1; Object.freeze.bind(null, ' + p + ')()',
    p => 'Object.setPrototypeOf(' + p + ', null)',
  ];
  const keyedWays = [
    (p, k) => 'Object.defineProperty(' + p + ', "' + k + '", { value: 1, configurable: false, writable: false })',
    (p, k) => 'Reflect.defineProperty(' + p + ', "' + k + '", { get: () => 1, configurable: false })',
    (p, k) => 'Object.defineProperties(' + p + ', { ' + k + ': { value: 1, configurable: false } })',
    (p, k) => p + '["' + k + '"] = 1; Object.freeze(' + p + ')',
  ];
  const breaking = keyed.flatMap(each => keyedWays.map(way => way(...each.split('|'))));
  const lines = [...paths.flatMap(path => ways.map(way => way(path))), ...breaking];
  const session = await openSession({ url: 'sqlite::memory:' });
  const shell = new Shell({ session, console, load: name => import(name) });
  await shell.respond('createAll()');
  const wrong = [];
  process.on('unhandledRejection', error => wrong.push('rejection: ' + error));
  const allowed = ['Object.defineProperty(Array.prototype, "last", { get() { return this.at(-1) } }); [1, 2].last',
    'Object.defineProperty(Array.prototype, "map", { value: 2, configurable: true }); [].map', 'Object.freeze([2])[0]'];
  for (const line of allowed) {
    const { value, error } = await shell.respond(line);
    if (value !== 2) wrong.push(line + ': ' + value + ' ' + error);
  }
  for (const line of lines) {
    const { kind, error } = await shell.respond(line);
    const isRefused = error instanceof TypeError && /JavaScript's own objects/.test(error.message);
    if (breaking.includes(line) && !isRefused) wrong.push(line + ': ' + kind + ' ' + error);
    for (const [asked, answer] of [['1 + 1', 2], ['User.query.count()', 0]]) {
      const given = await shell.respond(asked);
      if (given.value !== answer) wrong.push(line + ', then ' + asked + ': ' + given.kind + ' ' + given.error);
    }
  }
  console.log(JSON.stringify({ tried: lines.length, wrong }));
`;

it('what would change the objects of JavaScript for ever is refused, and the shell goes on', async () => {
  const options = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program];
  const { stdout } = await promisify(execFile)(process.execPath, options);
  const found = JSON.parse(stdout) as { tried: number; wrong: string[] };
  expect(found.wrong).toEqual([]);
  expect(found.tried).toBeGreaterThan(300);
}, 60_000);
