import { readFile } from 'node:fs/promises';
import { MikroscopeError, version } from '../../../src/index.ts';
import type { Lesson } from '../../lesson/lesson.ts';
import { generatorMark, renderLesson } from '../../lesson/page/render-lesson.ts';
import { rehearse } from '../../lesson/run/rehearse.ts';
import { writeWhole } from '../../transcript/parse/files.ts';
import { FreshDatabases } from '../check/fresh-databases.ts';
import type { LessonTask } from '../lesson-options.ts';
import { databasesOf } from './check-lessons.ts';
import { findLessons, languagesOf } from './find-lessons.ts';
import { broken } from './open-lesson.ts';
import { freshShells, type Subject } from './fresh-shells.ts';

/**
 * Writes lessons as web pages, each with the session as it ran on the first database that the lesson names.
 *
 * @param subjectOf what the lessons of a source are about
 * @param print receives where each page is
 * @returns the exit code
 * @throws MikroscopeError if there are no lessons, one cannot be played, or a page cannot be written
 */
export async function writePages(
  { paths, urls, language, out }: LessonTask,
  subjectOf: (source: string) => Subject,
  print: (text: string) => void,
): Promise<number> {
  const databases = new FreshDatabases(urls);
  try {
    const found = await Promise.all(
      paths.map(async source => ({
        subject: subjectOf(source),
        lessons: await findLessons(source, language),
      })),
    );
    const all = found.flatMap(({ subject, lessons }) => lessons.map(lesson => ({ subject, lesson })));
    if (out !== undefined && all.length > 1)
      throw new MikroscopeError(
        'BadArgument',
        `--out names one page, and there are ${all.length}`,
        'Leave it out.',
      );
    for (const { subject, lesson } of all) {
      await assertTranslated(lesson, language);
      const file = out ?? pagePath(lesson, language);
      await assertReplaceable(file);
      await write(file, await pageOf(lesson, language, databases, subject));
      print(`Wrote ${file}.`);
    }
  } finally {
    await databases.close();
  }
  return 0;
}

/** @throws MikroscopeError `NotFound` for a lesson that nobody has translated */
async function assertTranslated({ path }: Lesson, language: string | undefined): Promise<void> {
  if (language === undefined) return;
  const languages = await languagesOf(path);
  if (languages.includes(language)) return;
  throw new MikroscopeError(
    'NotFound',
    `There is no translation of ${path} to '${language}'`,
    languages.length === 0 ? 'Leave out --lang.' : `There is one to ${languages.join(', ')}.`,
  );
}

/** `first.html` for `first.repl.md`, and `first.de.html` for its German translation. */
function pagePath({ transcript }: Lesson, language: string | undefined): string {
  const name = transcript.path.replace(/(?:\.repl)?\.md$/, '');
  return `${name}${language === undefined ? '' : `.${language}`}.html`;
}

async function pageOf(
  lesson: Lesson,
  language = 'en',
  databases: FreshDatabases,
  subject: Subject,
): Promise<string> {
  const [problem] = lesson.problems;
  if (problem) throw broken(lesson, problem.line, problem.message);
  const database = databases.names[0] ?? (await databasesOf(lesson, subject))[0];
  const inFreshShell = freshShells(lesson, database, databases, subject.open);
  const { outcomes } = await inFreshShell(shell => rehearse(lesson, shell));
  const failed = outcomes.find(({ status }) => status === 'failed');
  if (failed) throw broken(lesson, failed.line, 'it does not do what is written.');
  return renderLesson(lesson, { outcomes, database, language, generator: `mikroscope ${version}` });
}

/** @throws MikroscopeError `BadArgument` for a file that is no page of a lesson */
async function assertReplaceable(file: string): Promise<void> {
  const present = await readFile(file, 'utf8').catch(() => '');
  if (present === '' || present.includes(generatorMark)) return;
  throw new MikroscopeError(
    'BadArgument',
    `${file} is there, and is no page of a lesson`,
    'Move it away, or name another file with --out.',
  );
}

async function write(file: string, page: string): Promise<void> {
  try {
    await writeWhole(file, page);
  } catch (error) {
    throw new MikroscopeError(
      'BadArgument',
      `${file} cannot be written: ${(error as Error).message.replace(/,[^,]*$/, '')}`,
      'Name another file with --out.',
      { cause: error },
    );
  }
}
