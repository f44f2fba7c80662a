import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findCompletion } from '../../../repl/complete/complete.ts';
import type { Candidate, CompletionContext } from '../../../repl/complete/context.ts';
import { Shell } from '../../../repl/shell.ts';
import { openSession } from '../../../src/index.ts';
import { members } from './cases/members.ts';
import { names } from './cases/names.ts';
import { objects } from './cases/objects.ts';
import { rich } from './cases/rich.ts';
import type { Expected, Row } from './cases/row.ts';
import { strings } from './cases/strings.ts';
import { written } from './cases/written.ts';
import { library } from './library.ts';

/** The files that imports find. */
const folders: Readonly<Record<string, readonly string[]>> = {
  './': ['src/', 'start.ts', 'data.json', 'notes.txt'],
  './src/': ['util.ts'],
  '../': ['above.js'],
  'node_modules/': ['fs-extra/', '@scope/', '.bin/'],
  'node_modules/@scope/': ['one/'],
};

const lines = [
  'createAll()',
  'user = new User({ username: "a", email: "b", password: "c" })',
  'post = new Post({ title: "x", content: "y", author: user })',
  'posts = [post]',
  'rows = [{ n: 1, label: "x" }]',
  'class Base { inherited() {} }; class Own extends Base { static statically = 1; method() {} mine() { return user } get lazy() { return 1 } }',
  'own = new Own(); own.field = { inner: { deep: 1 } }; own["not a name"] = 1; own.__hidden = 1',
  'ünïcode = 1',
  'function latest(n) { const q = User.query; return q.first() }',
  'twice = n => [latest(n), latest(n)]',
  'maker = () => ({ make() { return get(User, 1) } })',
  'forever = () => forever()',
];

const demo = [members, written, objects, strings, names].flat();

describe.each<[name: string, rows: readonly Row[], entities: object, typed: readonly string[]]>([
  ['the demo', demo, {}, lines],
  ['a library', rich, { entities: library }, []],
])('completion in %s', (_, rows, entities, typed) => {
  let context: CompletionContext;

  beforeAll(async () => {
    const session = await openSession({ url: 'sqlite::memory:', ...entities });
    const shell = new Shell({ session, console, load: name => import(name) });
    for (const line of typed) if ((await shell.respond(line)).kind === 'error') throw new Error(line);
    const { scope, commands } = shell;
    context = { scope, session, commands, list: folder => folders[folder] ?? [] };
  });

  afterAll(() => context.session.close());

  it.each(rows)('%j', (marked, ...expected) => {
    const cursor = marked.indexOf('⇥');
    const { candidates } = findCompletion(marked.replace('⇥', ''), cursor, context);
    for (const each of expected) {
      const [actual, wanted] = compared(each, candidates);
      expect(actual).toEqual(wanted);
    }
  });
});

/** What there is of what is expected, and that. */
function compared(
  { kind, texts: wanted }: Expected,
  candidates: readonly Candidate[],
): [actual: readonly string[], wanted: readonly string[]] {
  const texts = candidates.map(({ text }) => text);
  if (kind === 'only') return [texts, wanted];
  if (kind === 'first') return [texts.slice(0, wanted.length), wanted];
  if (kind === 'without') return [texts.filter(text => wanted.includes(text)), []];
  const shown = candidates.slice(0, wanted.length).map(each => [each.text, each.kind, each.type].join(' '));
  return [shown, wanted];
}
