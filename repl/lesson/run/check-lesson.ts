import { reportStep } from '../../transcript/report/report-step.ts';
import type { TranscriptShell } from '../../transcript/run/play.ts';
import { stepsOf } from '../../transcript/transcript.ts';
import { nothingTyped, takeEffect } from '../judge/effect.ts';
import { type Goal, judge, type Reasons } from '../judge/judge.ts';
import { type Answer, type Lesson, stopsOf, type Task } from '../lesson.ts';
import { codeIn } from '../parse/code-in.ts';
import { rehearse } from './rehearse.ts';
import { lastOf, typeIn, typeUntil } from './type-in.ts';

/** Runs work in a shell of the lesson's on a fresh database. */
export type InFreshShell = <T>(work: (shell: TranscriptShell) => Promise<T>) => Promise<T>;

/**
 * Proves on one database that a lesson can be learned: the author's way prints what is written and solves each task, no task
 * is solved when it starts, other answers that are listed count, those that are listed as wrong do not, for the reason that
 * is listed, and no hint gives its task away.
 *
 * @returns what is wrong, each with the line; none if nothing is
 */
export async function checkLesson(lesson: Lesson, inFreshShell: InFreshShell): Promise<string[]> {
  const { path, transcript } = lesson;
  const { goals, outcomes } = await inFreshShell(shell => rehearse(lesson, shell));
  const steps = new Map(stepsOf(transcript).map(located => [located.step.line, located]));
  const failed = outcomes.flatMap(outcome => {
    const located = outcome.status === 'failed' ? steps.get(outcome.line) : undefined;
    return located ? [reportStep(path, located.step, located.block, outcome, { color: false })] : [];
  });
  if (failed.length > 0) return failed;
  const problems: string[] = [];
  for (const stop of stopsOf(lesson)) {
    const goal = stop.kind === 'task' ? goals.get(stop.id) : undefined;
    if (goal) problems.push(...(await checkTask(stop as Task, goal, lesson, inFreshShell)));
  }
  return problems;
}

async function checkTask(
  task: Task,
  goal: Goal,
  lesson: Lesson,
  inFreshShell: InFreshShell,
): Promise<string[]> {
  const { line, id, hints, others, wrong } = task;
  const at = (place: number) => `${lesson.path}:${place}: `;
  const judged = (answer: readonly string[]) =>
    inFreshShell(async shell => {
      await typeUntil(id, lesson, shell);
      return judgeTyped(answer, goal, shell);
    });
  const problems: string[] = [];
  if (judge(goal, { ...goal.before, last: nothingTyped }).length === 0)
    return [`${at(line)}The task #${id} is solved when it starts: nothing that it asks for is missing.`];
  const own = judge(goal, goal.after);
  if (own.length > 0) return [`${at(line)}The author's way does not solve the task #${id}: ${own[0]}`];
  for (const { line: place, typed } of others) {
    const [reason] = await judged(typed);
    if (reason !== undefined) problems.push(`${at(place)}This answer to #${id} does not count: ${reason}`);
  }
  for (const answer of wrong) {
    const reasons = await judged(answer.typed);
    problems.push(...checkWrong(answer, reasons, id).map(problem => `${at(answer.line)}${problem}`));
  }
  for (const hint of hints) {
    const code = codeIn(hint);
    if (code.length > 0 && (await judged(code)).length === 0)
      problems.push(`${at(line)}A hint gives #${id} away: what it shows, typed, solves the task.`);
  }
  return problems;
}

/** Types an answer and judges it. */
async function judgeTyped(answer: Answer['typed'], goal: Goal, shell: TranscriptShell): Promise<Reasons> {
  const typed = await typeIn(answer, shell);
  return judge(goal, await takeEffect(shell.shell, lastOf(typed)));
}

function checkWrong({ reason }: Task['wrong'][number], reasons: Reasons, id: string): string[] {
  const told = reasons.join(' ');
  if (told === '') return [`This answer to #${id} is listed as wrong, and counts.`];
  return plain(told).includes(plain(reason))
    ? []
    : [`This answer to #${id} is refused, but not because '${reason}'. The learner reads: ${told}`];
}

/** Marks of code make no difference, nor does how a sentence begins. */
function plain(text: string): string {
  return text.replaceAll('`', '').replaceAll(/\s+/g, ' ').replace(/\.$/, '').toLowerCase();
}
