import type { Channel } from '../../render/print.ts';
import type { LearnTask, LessonTask } from '../lesson-options.ts';
import { checkLessons } from './check-lessons.ts';
import { isOwn } from './find-lessons.ts';
import type { Subject } from './fresh-shells.ts';
import { learn } from './learn.ts';
import { newLesson } from './new-lesson.ts';
import { writePages } from './write-pages.ts';

/**
 * Does what `mikroscope learn` and `mikroscope lesson` ask for.
 *
 * @param subject what the lessons of this program are about, which is its demo, and what others are
 * @returns the exit code
 * @throws MikroscopeError if there is no such lesson, it cannot be played, or a new one cannot be written
 */
export async function runLesson(
  task: LearnTask | LessonTask,
  subject: (isOwn: boolean) => Subject,
  screen: Channel,
): Promise<number> {
  const subjectOf = (source: string) => subject(isOwn(source));
  if (task.kind === 'learn') return learn(task, subjectOf, screen);
  const { action, paths, urls } = task;
  if (action === 'check') return checkLessons(paths, urls, subjectOf, screen.write);
  if (action === 'html') return writePages(task, subjectOf, screen.write);
  for (const path of paths) screen.write(await newLesson(path));
  return 0;
}
