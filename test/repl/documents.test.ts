import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { createDatabase, dialects, type TestDatabase } from '../support/databases.ts';
import { freezeDate } from '../support/frozen-date.ts';
import { openShell, outputPattern, readSteps, type TestShell } from '../support/replay.ts';

const folder = new URL('../transcripts/', import.meta.url);
const names = readdirSync(folder).filter(name => name.endsWith('.repl.md'));
const documents = await Promise.all(
  [new URL('../../README.md', import.meta.url), ...names.map(name => new URL(name, folder))].map(
    async url => ({
      name: url.pathname.split('/').at(-1) ?? '',
      steps: await readSteps(url),
    }),
  ),
);

describe.each(dialects)('on %s', dialect => {
  describe.each(documents)('$name', ({ steps }) => {
    let shell: TestShell;
    let database: TestDatabase;

    beforeAll(async () => {
      freezeDate('2026-01-05T12:00:00Z');
      database = await createDatabase(dialect);
      shell = await openShell(database.url);
    });

    afterAll(async () => {
      await shell.close();
      await database.drop();
      jest.useRealTimers();
    });

    it.each(steps)('line $line: $typed', async ({ typed, expected }) => {
      expect(await shell.type(typed)).toMatch(outputPattern(expected));
    });
  });
});
