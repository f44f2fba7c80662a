import { MikroscopeError } from '../../../src/index.ts';
import type { Goal } from '../../lesson/judge/judge.ts';
import { type Lesson, stopsOf } from '../../lesson/lesson.ts';
import { noProgress, type Progress } from '../../lesson/progress.ts';
import { LessonRun, type Wish } from '../../lesson/run/lesson-run.ts';
import { rehearse } from '../../lesson/run/rehearse.ts';
import { isFor } from '../../lesson/run/type-in.ts';
import type { Channel } from '../../render/print.ts';
import type { Shell } from '../../shell.ts';
import { freezeClock } from '../../transcript/run/freeze-clock.ts';
import type { Guide } from '../../terminal/guide.ts';
import { freshShells } from './fresh-shells.ts';
import { lessonCommands } from './lesson-commands.ts';
import { LessonGuide } from './lesson-guide.ts';
import { openStage, type StageOptions } from './open-stage.ts';

/** What a lesson is opened with. */
export interface LessonOptions extends Omit<StageOptions, 'commands' | 'color'> {
  readonly screen: Channel;
  /** How far the person has come; undefined at the first time. */
  readonly progress: Progress | undefined;
  /** Called when the person has come further. */
  readonly keep: (progress: Progress) => void;
}

/** A lesson that waits for its learner. */
export interface OpenLesson {
  readonly shell: Shell;
  readonly guide: Guide;
  readonly close: () => Promise<void>;
}

/**
 * Plays the author's way of a lesson, and opens a shell for the learner's.
 *
 * @throws MikroscopeError if the lesson is broken, or a database cannot be opened
 */
export async function openLesson(lesson: Lesson, options: LessonOptions): Promise<OpenLesson> {
  const { database, databases, open, screen, progress, keep } = options;
  const [problem] = lesson.problems;
  if (problem) throw broken(lesson, problem.line, problem.message);
  const goals = await goalsOf(lesson, options);
  const unfreeze = freezeClock(lesson.transcript.clock ?? '');
  let wish: Wish | undefined;
  const commands = lessonCommands(
    asked => void (wish = asked),
    () => run.ids,
  );
  const { stop } = options;
  const stage = await openStage({
    database,
    databases,
    open,
    color: screen.style.color,
    commands,
    ...(stop && { stop }),
  });
  const first = stopsOf(lesson).find(each => isFor(database, each));
  const begun = progress ?? noProgress(lesson.hash, first?.id);
  const run: LessonRun = new LessonRun(lesson, goals, stage, begun, keep);
  const takeWish = () => {
    const asked = wish;
    wish = undefined;
    return asked;
  };
  return {
    shell: stage.shell,
    guide: new LessonGuide(run, stage, screen, takeWish),
    async close() {
      await stage.close();
      unfreeze();
    },
  };
}

/** @throws MikroscopeError if the author's way fails */
async function goalsOf(
  lesson: Lesson,
  { database, databases, open }: LessonOptions,
): Promise<ReadonlyMap<string, Goal>> {
  const inFreshShell = freshShells(lesson, database, databases, open);
  const { goals, outcomes } = await inFreshShell(shell => rehearse(lesson, shell));
  const failed = outcomes.find(({ failures }) =>
    failures.some(({ kind }) => kind === 'threw' || kind === 'timeout' || kind === 'left'),
  );
  if (failed) throw broken(lesson, failed.line, 'this statement fails.');
  return goals;
}

/** The error for a lesson that cannot be played, because of one of its lines. */
export function broken({ path }: Lesson, line: number, why: string): MikroscopeError {
  return new MikroscopeError(
    'BadArgument',
    `This lesson cannot be played: ${path}:${line}: ${why}`,
    `mikroscope lesson check ${path} tells all that is wrong with it.`,
  );
}
