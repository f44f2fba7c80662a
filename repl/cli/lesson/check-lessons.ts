import { checkLesson } from '../../lesson/run/check-lesson.ts';
import type { Lesson } from '../../lesson/lesson.ts';
import type { DatabaseName } from '../../transcript/transcript.ts';
import { FreshDatabases } from '../check/fresh-databases.ts';
import { findLessons, languagesOf, readLesson } from './find-lessons.ts';
import { freshShells, type Open, type Subject } from './fresh-shells.ts';

/**
 * Checks lessons and their translations on every database that they name.
 *
 * @param sources files, folders or packages
 * @param urls the databases to use instead
 * @param subjectOf what the lessons of a source are about
 * @param print receives whole lines of the report
 * @returns the exit code: 0, or 1 if something is wrong
 * @throws MikroscopeError `NotFound` if there are no lessons
 */
export async function checkLessons(
  sources: readonly string[],
  urls: readonly string[],
  subjectOf: (source: string) => Subject,
  print: (text: string) => void,
): Promise<number> {
  const databases = new FreshDatabases(urls);
  let isRight = true;
  try {
    for (const source of sources) {
      const subject = subjectOf(source);
      for (const lesson of await findLessons(source)) {
        const names = databases.names.length > 0 ? databases.names : await databasesOf(lesson, subject);
        const problems = await problemsOf(lesson, names, databases, subject.open);
        isRight &&= problems.length === 0;
        print([...problems, ...(problems.length === 0 ? [passed(lesson, names)] : [])].join('\n'));
      }
    }
  } finally {
    await databases.close();
  }
  return isRight ? 0 : 1;
}

/** The databases of a lesson: those that it names, or else that of its subject. */
export async function databasesOf(
  { transcript }: Lesson,
  { ownDatabase }: Subject,
): Promise<readonly [DatabaseName, ...DatabaseName[]]> {
  const [first = await ownDatabase(), ...others] = transcript.databases ?? [];
  return [first, ...others];
}

async function problemsOf(
  lesson: Lesson,
  names: readonly DatabaseName[],
  databases: FreshDatabases,
  open: Open,
): Promise<string[]> {
  const shown = ({ path, problems }: Lesson) =>
    problems.map(({ line, message }) => `${path}:${line}: ${message}`);
  if (lesson.problems.length > 0) return shown(lesson);
  const translations = await Promise.all(
    (await languagesOf(lesson.path)).map(language => readLesson(lesson.path, language)),
  );
  const problems = translations.flatMap(shown);
  for (const name of names) {
    const found = await checkLesson(lesson, freshShells(lesson, name, databases, open));
    problems.push(...found.map(problem => `[${name}] ${problem}`));
  }
  return problems;
}

function passed({ path, parts }: Lesson, names: readonly DatabaseName[]): string {
  const tasks = parts.filter(({ kind }) => kind === 'task').length;
  return `${path}: ${tasks} ${tasks === 1 ? 'task' : 'tasks'} can be solved on ${names.join(' and ')}.`;
}
