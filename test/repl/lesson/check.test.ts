import { beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkLessons } from '../../../repl/cli/lesson/check-lessons.ts';
import { newLesson } from '../../../repl/cli/lesson/new-lesson.ts';
import { openSession } from '../../../src/index.ts';
import type { Dialect } from '../../support/databases.ts';

const database: Dialect = 'sqlite';

describe('mikroscope lesson', () => {
  let folder: string;
  let template: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mikroscope-'));
    await newLesson(join(folder, 'new'));
    template = await readFile(join(folder, 'new.repl.md'), 'utf8');
  });

  /** What the check says of a lesson, and of its translation. */
  async function check(text: string, german?: string): Promise<string> {
    const own = await mkdtemp(join(folder, 'lesson-'));
    await writeFile(join(own, 'one.repl.md'), text);
    if (german !== undefined) await writeFile(join(own, 'one.de.md'), german);
    const report: string[] = [];
    const subject = {
      open: (url: string) => openSession({ url }),
      ownDatabase: () => Promise.resolve(database),
    };
    const code = await checkLessons(
      [own],
      [database],
      () => subject,
      each => void report.push(each),
    );
    const said = report.join('\n').replaceAll(`${own}/`, '');
    expect(code).toBe(said.includes('can be solved') ? 0 : 1);
    return said;
  }

  it('writes a lesson that passes, and never over another one', async () => {
    expect(await check(template)).toBe('one.repl.md: 1 task can be solved on sqlite.');
    await expect(newLesson(join(folder, 'new'))).rejects.toThrow(/it exists already/);
  });

  it.each([
    [
      "the author's way that prints something else",
      'created post, user',
      'created tables',
      /- created tables/,
    ],
    ["the author's way that fails", '> add(ann)', '> add(Ann)', /Ann is not defined/],
    [
      'a task that is solved when it starts',
      /> ann = new[^]*$/,
      '> undefined\n```\n',
      /solved when it starts/,
    ],
    ['another answer that does not count', 'em.persist(ann)', '', /does not count: Ann is not staged yet/],
    [
      'a wrong answer that counts',
      /add\(ann\)\n```\n\n<\/details>\n\nA row/,
      'add(ann)\ncommit()\n```\n\n</details>\n\nA row',
      /listed as wrong, and counts/,
    ],
    [
      'a wrong answer for another reason',
      'Wrong answer: Ann is staged',
      'Wrong answer: Ann has a row',
      /refused, but not because 'Ann has a row/,
    ],
    [
      'a hint that gives the task away',
      '`add(…)` stages it.',
      "\n\n```ts\nann = new User({ username: 'Ann', email: 'ann@demo.com', password: 'secret' })\nadd(ann)\ncommit()\n```",
      /A hint gives #ann away/,
    ],
    ['two right choices', '- [ ] The rows', '- [x] The rows', /one right choice, \[x\]; this one has 2/],
    ['a task without an id', '{#ann task}', '{task}', /A task needs an id/],
    ['no task', '{#ann task}', '{#ann}', /A lesson needs a task|has no task before it/],
    ['two steps of one name', '{#tables}', '{#ann}', /ids must be unique/],
    [
      'a hint for no task',
      '```repl {#ann task}',
      'More prose.\n\n```repl {#ann task}',
      /This hint is for no task/,
    ],
    ['a hint that is not closed', /<\/details>/g, '', /is not closed: write <\/details>/],
    [
      'an answer without statements',
      /```ts\nann = new[^]*?```\n/,
      'Nothing.\n',
      /needs its statements in one block/,
    ],
    ['a wildcard in a statement', '> ann.id\n1', '> ann.id\n<key:int>\n> <key>', /cannot have a wildcard/],
    ['an unknown attribute', '{#ann task}', '{#ann tsak}', /There is no attribute 'tsak'/],
  ])('finds %s', async (_, part, other, problem) => {
    const broken = template.replaceAll(typeof part === 'string' ? part : new RegExp(part, 'g'), () => other);
    expect(broken).not.toBe(template);
    expect(await check(broken)).toMatch(problem);
  });

  it('compares a translation with its original', async () => {
    const german = `# Eins

\`\`\`repl {#tables}
\`\`\`

- [ ] Die Zeilen der Demo.
- [x] Nichts.

<details><summary>Tipp</summary>

Erst anlegen.

</details>

\`\`\`repl {#ann task}
\`\`\`

\`\`\`repl
\`\`\`
`;
    expect(await check(template, german)).toBe('one.repl.md: 1 task can be solved on sqlite.');
    const broken: [string, string, RegExp][] = [
      [
        '{#ann task}',
        '{#anna task}',
        /The original has the task #ann here, and the translation the task #anna/,
      ],
      ['{#tables}\n', '{#tables}\n> createAll()\n', /A translation has no statements/],
      ['[x]', '[ ]', /other choices here, or another one is right/],
      [
        '<details><summary>Tipp</summary>\n\nErst anlegen.\n\n</details>\n',
        '',
        /has 1 hints in the original/,
      ],
    ];
    for (const [part, other, problem] of broken)
      expect(await check(template, german.replace(part, other))).toMatch(problem);
  });
});
