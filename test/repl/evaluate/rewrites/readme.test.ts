import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Rewrite } from '../../../../repl/evaluate/writing/writer.ts';
import { type Pair, testPairs } from './pairs.ts';

const folder = new URL('../../../../repl/evaluate/', import.meta.url);
const rewrites = readdirSync(new URL('rewrites/', folder)).map(file => file.replace('.ts', ''));
const sections = new Map(
  readFileSync(new URL('README.md', folder), 'utf8')
    .split(/^### /m)
    .slice(1)
    .map(section => [/^.*/.exec(section)?.[0] ?? '', pairsIn(section)]),
);

for (const [rewrite, pairs] of sections) testPairs(`${rewrite} in the README`, pairs);

describe('every rewrite', () => {
  it('has a section in the README with pairs', () => {
    expect([...sections.keys()].toSorted()).toEqual(rewrites);
    expect([...sections.values()].filter(pairs => pairs.length === 0)).toEqual([]);
  });

  it('has a table of pairs', () => {
    const tables = readdirSync(new URL('.', import.meta.url)).filter(file => file.endsWith('.test.ts'));
    expect(tables.map(file => file.replace('.test.ts', ''))).toEqual([...rewrites, 'readme'].toSorted());
  });

  it('imports no other', () => {
    const sources = rewrites.map(name => readFileSync(new URL(`rewrites/${name}.ts`, folder), 'utf8'));
    expect(sources.filter(source => source.includes("from './"))).toEqual([]);
  });

  it('takes nodes that no other takes, but for those that the list in compile.ts names', async () => {
    const takers: Record<string, string[]> = {};
    for (const rewrite of rewrites)
      for (const type of await nodeTypes(rewrite)) (takers[type] ??= []).push(rewrite);
    expect(Object.fromEntries(Object.entries(takers).filter(([, names]) => names.length > 1))).toEqual({
      ClassDeclaration: ['classes', 'declarations'],
      FunctionDeclaration: ['declarations', 'functions'],
      // `arguments` is of the function around.
      Identifier: ['names', 'surroundings'],
      // One takes methods, the other what else an object has.
      Property: ['methods', 'names'],
      // `delete o.a`, `typeof x`, and what else has an operand.
      UnaryExpression: ['deletions', 'names', 'uses'],
    });
  });
});

/** A `>` begins what is typed; the compiled code is the lines after it. */
function pairsIn(section: string): Pair[] {
  return [...section.matchAll(/^```js\n([^]*?)\n```$/gm)].flatMap(([, block = '']) =>
    block
      .split(/^> /m)
      .slice(1)
      .map((pair): Pair => {
        const [typed = '', ...compiled] = pair.trimEnd().split('\n');
        return [typed, compiled.join('\n')];
      }),
  );
}

async function nodeTypes(rewrite: string): Promise<string[]> {
  const module = (await import(new URL(`rewrites/${rewrite}.ts`, folder).href)) as Record<
    string,
    Rewrite | ((of: unknown) => Rewrite)
  >;
  return Object.values(module).flatMap(exported =>
    Object.keys(typeof exported === 'function' ? exported({ body: [] }) : exported),
  );
}
