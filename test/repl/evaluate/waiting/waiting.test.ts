import { describe, expect, it } from '@jest/globals';
import { runPlain, type } from '../await-table/run.ts';
import { contexts } from './contexts.ts';
import { kinds } from './kinds.ts';
import { marked } from './marked.ts';

describe('in every context, as JavaScript with the awaits written out', () => {
  it.each(Object.entries(kinds))('%s waits', async (_, kind) => {
    const different: string[] = [];
    for (const context of contexts) {
      const [typed, plain = typed] = marked(kind.replace('BODY', () => context));
      const [seen, expected] = [await type(typed), await runPlain(plain)];
      if (!Object.is(JSON.stringify(seen), JSON.stringify(expected)) || seen.shown !== expected.shown)
        different.push(`${typed}\n${JSON.stringify(seen)}\n${JSON.stringify(expected)}`);
    }
    expect(different).toEqual([]);
  });
});
