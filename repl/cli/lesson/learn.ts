import { MikroscopeError } from '../../../src/index.ts';
import type { PageAnswer } from '../../answer/answer.ts';
import { type Lesson, stopsOf } from '../../lesson/lesson.ts';
import { noProgress, progressBar } from '../../lesson/progress.ts';
import { type Channel, print } from '../../render/print.ts';
import type { LearnTask } from '../lesson-options.ts';
import { findLessons, ownLessons } from './find-lessons.ts';
import type { Subject } from './fresh-shells.ts';
import { playLesson } from './play-lesson.ts';
import { progressPath, readProgress } from './progress-file.ts';

/**
 * Lists lessons with how far the person has come, or plays one.
 *
 * @param subjectOf what the lessons of a folder or file are about
 * @returns the exit code
 * @throws MikroscopeError if there is no such lesson, or it cannot be played
 */
export async function learn(
  { source = ownLessons, number, language, urls }: LearnTask,
  subjectOf: (source: string) => Subject,
  screen: Channel,
): Promise<number> {
  const lessons = await findLessons(source, language);
  const isFile = source.endsWith('.md');
  const wanted = number ?? (isFile ? 1 : undefined);
  const command = source === ownLessons ? 'mikroscope learn' : `mikroscope learn ${source}`;
  if (wanted === undefined) {
    print(listOf(lessons, command), { answers: screen, errors: screen });
    return 0;
  }
  const lesson = lessons[wanted - 1];
  if (!lesson)
    throw new MikroscopeError(
      'NotFound',
      `There is no lesson ${wanted}; there ${lessons.length === 1 ? 'is 1' : `are ${lessons.length}`}`,
      `${command} lists them.`,
    );
  const code = await playLesson(lesson, urls, subjectOf(source), screen);
  screen.write(`Your progress is kept: ${isFile ? command : `${command} ${wanted}`} goes on.`);
  return code;
}

function listOf(lessons: readonly Lesson[], command: string): PageAnswer {
  const rows = lessons.map((lesson, index) => {
    const progress = readProgress(progressPath(lesson, process.env)) ?? noProgress(lesson.hash, undefined);
    const stops = stopsOf(lesson);
    const done = stops.filter(({ id }) => id in progress.done).length;
    return [String(index + 1), progressBar(done, stops.length, 10), lesson.title];
  });
  return {
    kind: 'page',
    parts: [
      { kind: 'rows', rows },
      {
        kind: 'paragraph',
        text: `${command} ${rows.length > 1 ? 'NUMBER' : '1'} starts one, or goes on with it.`,
      },
    ],
  };
}
