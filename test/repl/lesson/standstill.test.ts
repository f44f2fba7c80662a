import { expect, it } from '@jest/globals';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkLessons } from '../../../repl/cli/lesson/check-lessons.ts';
import { stopAtStandstill } from '../../../repl/cli/lesson/standstill.ts';
import { openSession } from '../../../src/index.ts';
import { small } from './page/lessons.ts';

/** The event loop does not run meanwhile, as it does in a loop that is typed. */
const loop = 'String({ toString() { for (;;) {} } })';

it.each([
  ["the author's", '> commit()\n', `> ${loop}\n> commit()\n`, /:47 .*[^]*It did not end within/],
  [
    'a wrong answer',
    'add(ann)\n```\n\n</details>\n',
    `${loop}\n\`\`\`\n\n</details>\n`,
    /is refused, but not because/,
  ],
])('an endless loop of %s way ends the check with a sentence', async (_, before, after, report) => {
  stopAtStandstill(500);
  const file = join(await mkdtemp(join(tmpdir(), 'mikroscope-')), 'one.repl.md');
  await writeFile(file, small.replaceAll(before, after));
  const said: string[] = [];
  const subject = {
    open: (url: string) => openSession({ url }),
    ownDatabase: () => Promise.resolve('sqlite' as const),
  };
  expect(
    await checkLessons(
      [file],
      ['sqlite'],
      () => subject,
      each => void said.push(each),
    ),
  ).toBe(1);
  expect(said.join('\n')).toMatch(report);
});
