import { MikroscopeError } from '../../../src/index.ts';
import type { Lesson } from '../../lesson/lesson.ts';
import { type Channel, printWorkedAround } from '../../render/print.ts';
import { interact } from '../../terminal/prompt.ts';
import { Watchdog } from '../../terminal/watchdog.ts';
import { FreshDatabases } from '../check/fresh-databases.ts';
import { databasesOf } from './check-lessons.ts';
import type { Subject } from './fresh-shells.ts';
import { openLesson } from './open-lesson.ts';
import { progressPath, readProgress, writeProgress } from './progress-file.ts';

/**
 * Plays a lesson at the terminal, from where the person left off.
 *
 * @param urls the database to play it on instead of the first that it names
 * @returns the exit code, when the learner leaves
 * @throws MikroscopeError if the lesson cannot be played, or there is no terminal
 */
export async function playLesson(
  lesson: Lesson,
  urls: readonly string[],
  subject: Subject,
  screen: Channel,
): Promise<number> {
  if (!process.stdin.isTTY || !process.stdout.isTTY)
    throw new MikroscopeError(
      'BadArgument',
      'A lesson needs a terminal',
      'mikroscope learn lists the lessons.',
    );
  const databases = new FreshDatabases(urls);
  const file = progressPath(lesson, process.env);
  try {
    const watchdog = new Watchdog(error => printWorkedAround(error, screen));
    const { shell, guide, close } = await openLesson(lesson, {
      database: databases.names[0] ?? (await databasesOf(lesson, subject))[0],
      databases,
      open: subject.open,
      stop: watchdog.stop,
      screen,
      progress: readProgress(file),
      keep: progress => writeProgress(file, progress),
    });
    try {
      return await interact(shell, watchdog, { screen, prompt: '> ', guide });
    } finally {
      await close();
    }
  } finally {
    await databases.close();
  }
}
