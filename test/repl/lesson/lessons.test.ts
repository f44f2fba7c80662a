import { describe, expect, it } from '@jest/globals';
import { globSync } from 'node:fs';
import { checkLessons } from '../../../repl/cli/lesson/check-lessons.ts';
import { openSession } from '../../../src/index.ts';
import { dialects } from '../../support/databases.ts';

const lessons = globSync('docs/lessons/*.repl.md').toSorted();

/** On a server each answer takes a database of its own; the author's way runs there with the documents. */
const databases = process.env['RANDOM_RUNS'] === undefined ? (['sqlite'] as const) : dialects;

describe.each(databases)('on %s', dialect => {
  it.each(lessons)('%s can be learned', async lesson => {
    const report: string[] = [];
    const subject = {
      open: (url: string) => openSession({ url }),
      ownDatabase: () => Promise.resolve(dialect),
    };
    const code = await checkLessons(
      [lesson],
      [dialect],
      () => subject,
      text => void report.push(text),
    );
    expect({ code, report: code === 0 ? '' : report.join('\n') }).toEqual({ code: 0, report: '' });
  });
});
