import type { StepOutcome } from '../../transcript/outcome.ts';
import { play, type TranscriptShell } from '../../transcript/run/play.ts';
import { type Block, stepsOf } from '../../transcript/transcript.ts';
import { type Effect, nothingTyped, takeEffect } from '../judge/effect.ts';
import { asksForOutput, type Goal, isSameState } from '../judge/judge.ts';
import { type Lesson, stopsOf, type Task } from '../lesson.ts';

/** What came of playing the author's way. */
export interface Rehearsal {
  /** What each task asks for, by its id; none for a task that is not for this database. */
  readonly goals: ReadonlyMap<string, Goal>;
  readonly outcomes: readonly StepOutcome[];
}

/**
 * Plays the author's way, and notes what each task leads to.
 *
 * @throws MikroscopeError `DatabaseError` if the tables cannot be read
 */
export async function rehearse(lesson: Lesson, shell: TranscriptShell): Promise<Rehearsal> {
  const { transcript } = lesson;
  const tasks = new Map(
    stopsOf(lesson).flatMap(stop => (stop.kind === 'task' ? [[stop.block, stop] as const] : [])),
  );
  const blocks = new Map(stepsOf(transcript).map(({ step, block }) => [step.line, block]));
  const goals = new Map<string, Goal>();
  const outcomes: StepOutcome[] = [];
  let before = await takeEffect(shell.shell, nothingTyped);
  for await (const outcome of play(transcript, shell)) {
    outcomes.push(outcome);
    const block = blocks.get(outcome.line);
    if (!block || outcome.status === 'skipped') continue;
    if (isOver(outcome)) break;
    if (block.steps.at(-1)?.line !== outcome.line) continue;
    const { output, bare, queries } = outcome.actual ?? nothingTyped;
    const last = { output, ...(bare && { bare }), ...(queries !== undefined && { queries }) };
    const after = await takeEffect(shell.shell, last);
    const task = tasks.get(block);
    if (task) goals.set(task.id, goalOf(task, before, after, lesson));
    before = after;
  }
  return { goals, outcomes };
}

/** Whether nothing more is played after a step. */
function isOver({ status, failures }: StepOutcome): boolean {
  return status === 'not run' || failures.some(({ kind }) => ['threw', 'timeout', 'left'].includes(kind));
}

function goalOf({ block }: Task, before: Effect, after: Effect, lesson: Lesson): Goal {
  const changed = Object.keys(after.variables).filter(
    name => after.variables[name]?.text !== before.variables[name]?.text,
  );
  const later = lesson.transcript.blocks.filter(({ line }) => line > block.line).flatMap(wordsIn);
  const used = new Set(
    Object.entries(after.variables)
      .filter(([name, { isTracked }]) => (isTracked || changed.includes(name)) && later.includes(name))
      .map(([name]) => name),
  );
  // Where it is about nothing else, it is about its variables.
  const isAboutThem =
    !changed.some(name => used.has(name)) && isSameState(before, after) && after.last.output.length === 0;
  const goal = { before, after, needed: isAboutThem ? new Set(changed) : used };
  const { queries } = block.steps.at(-1)?.expected ?? {};
  return { ...goal, queries: asksForOutput(goal) ? queries?.count : undefined };
}

function wordsIn({ steps }: Block): string[] {
  return steps.flatMap(({ typed }) => typed.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? []);
}
