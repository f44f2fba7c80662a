import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Highlighter } from '../../../repl/editor/highlight/highlighter.ts';
import { SyntaxTree, type Tree } from '../../../repl/editor/highlight/syntax-tree.ts';

const known = new Set(['User', 'commit', 'console']);

function spansOf(text: string, cursor = text.length, highlighter = new Highlighter(name => known.has(name))) {
  const view = { text, cursor, suggestion: '', menu: undefined, search: undefined, viMode: undefined };
  return highlighter.spans(view, 0, text.length);
}

/** The kinds that count, as `kind:text`. */
function kindsOf(text: string, cursor?: number): string[] {
  return spansOf(text, cursor)
    .filter(({ kind }) => kind !== 'property')
    .toSorted((a, b) => a.from - b.from)
    .map(({ kind, from, to }) => `${kind}:${text.slice(from, to)}`);
}

describe('what is typed', () => {
  it.each<readonly [text: string, ...kinds: string[]]>([
    ["'a' + `b`", "string:'a'", 'string:`b`'],
    ['1 + 2n', 'number:1', 'number:2n'],
    ['const a = null', 'keyword:const', 'number:null'],
    ['return true // why', 'keyword:return', 'number:true', 'comment:// why'],
    ['a /* b */', 'unknown:a', 'comment:/* b */'],
    ['User.query.first()', 'known:User', 'bracket:('],
    ['usr.name', 'unknown:usr'],
    ['user = 1; user', 'known:user', 'number:1', 'known:user'],
    ['const f = x => x', 'keyword:const', 'known:x'],
    ['/a+/.test(b)', 'string:/a+/', 'bracket:(', 'unknown:b'],
    ['let x: Foo', 'keyword:let', 'type:Foo'],
    ['await commit()', 'keyword:await', 'known:commit', 'bracket:('],
    ['.sql on'],
    ['{ a: 1, b: 2 }', 'bracket:{', 'number:1', 'number:2'],
    ['filterBy({ us', 'unknown:filterBy'],
    // Typing goes on at the end.
    ['f(1', 'unknown:f', 'number:1'],
    ["f('a", 'unknown:f', "string:'a"],
    ['const a =', 'keyword:const'],
  ])('%s', (text, ...kinds) => {
    expect(kindsOf(text)).toEqual(kinds);
  });

  it.each([
    ['const = 1', 0, 'error:='],
    ['f(1)) + 2', 0, 'error:)'],
    ['a = ] + 1', 0, 'error:]'],
  ])('%s cannot be read', (text, cursor, error) => {
    expect(kindsOf(text, cursor)).toContain(error);
  });

  it.each([
    ['f(a[1])', 7, 1],
    ['f(a[1])', 1, 6],
    ['f(a[1])', 6, 3],
    ['f(a[1])', 3, 5],
    ["f(')')", 6, 1],
    ['if (a) { b }', 12, 7],
    ['f(', 2, undefined],
    ['abc', 1, undefined],
  ])('the bracket that matches in %s at %i is at %s', (text, cursor, at) => {
    expect(spansOf(text, cursor).find(({ kind }) => kind === 'bracket')?.from).toBe(at);
  });

  it('is plain where it is too long to be parsed with each key', () => {
    expect(spansOf('const a = 1\n'.repeat(20_000))).toEqual([]);
  });
});

it('parses what changes as if all of it were parsed', () => {
  const piece = fc.constantFrom(
    'a',
    '1',
    ' ',
    '(',
    ')',
    '{',
    '}',
    "'",
    '`',
    '${',
    '/',
    '*',
    '\n',
    '=>',
    'const ',
    'if (x) ',
    '// ',
    'f({ a: [1] })\n',
    'x = `a${b}c`;\n',
    '/* c */ class A { b() {} }\n'.repeat(20),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(piece, fc.nat(), fc.nat(3)), { maxLength: 30 }), changes => {
      const tree = new SyntaxTree();
      let text = 'const user = User.query.first()\n'.repeat(30);
      for (const [inserted, place, removed] of changes) {
        const at = place % (text.length + 1);
        text = text.slice(0, at) + inserted + text.slice(at + removed);
        expect(nodesOf(tree.of(text))).toEqual(nodesOf(new SyntaxTree().of(text)));
      }
    }),
    { numRuns: 60 },
  );
});

function nodesOf(tree: Tree): string[] {
  const nodes: string[] = [];
  tree.iterate({ enter: ({ name, from, to }) => void nodes.push(`${name} ${from} ${to}`) });
  return nodes;
}
