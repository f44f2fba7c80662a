import { describe, expect, it } from '@jest/globals';
import { createFixtures } from './await-table/fixtures.ts';
import { answer, createPrompt } from './await-table/run.ts';
import { sessions } from './prompt-lines.ts';

describe('lines typed one after another', () => {
  it.each(sessions.map(([lines, value]) => ({ lines, value, typed: lines.join(' ⏎ ') })))(
    '$typed',
    async ({ lines, value }) => {
      expect(await lastOf(lines)).toEqual(value);
    },
  );
});

/** What the last line gives, or the error that it throws; lines before it may throw too, and the prompt goes on. */
async function lastOf(lines: readonly string[]): Promise<unknown> {
  const prompt = createPrompt(createFixtures());
  let last: unknown;
  for (const line of lines) {
    try {
      last = await answer(prompt, line);
    } catch (error) {
      last = error;
    }
  }
  return last;
}
