import type { Answer } from '../../answer/answer.ts';
import { printedLines } from '../../transcript/run/printed-lines.ts';
import { countQueries, respondWithin, type TranscriptShell } from '../../transcript/run/play.ts';
import type { DatabaseName } from '../../transcript/transcript.ts';
import type { Block } from '../../transcript/transcript.ts';
import { type LastStatement, nothingTyped } from '../judge/effect.ts';
import { isStop, type Lesson, type Part } from '../lesson.ts';

/** How long a statement may take that nobody watches. */
export const unwatchedMs = 30_000;

/** A statement that was typed for the learner, or by the author, and what it did. */
export interface Typed {
  readonly typed: string;
  readonly answer: Answer;
  /** What it wrote to the console. */
  readonly printed: string;
  readonly last: LastStatement;
}

/** Types statements, one after the other. */
export async function typeIn(
  statements: readonly string[],
  shell: Pick<TranscriptShell, 'shell' | 'takePrinted'>,
): Promise<Typed[]> {
  const done: Typed[] = [];
  for (const typed of statements) {
    shell.takePrinted();
    const { answer, sql } = await respondWithin(unwatchedMs, typed, shell);
    const queries = countQueries(sql, shell.shell.session.dialect.family);
    const printed = shell.takePrinted();
    done.push({ typed, answer, printed, last: { ...printedLines(answer, printed), queries } });
  }
  return done;
}

/** What the last of some statements did. */
export function lastOf(typed: readonly Typed[]): LastStatement {
  return typed.at(-1)?.last ?? nothingTyped;
}

/** Whether a block is played on a database. */
function isPlayedOn(database: DatabaseName, { only, skip }: Block): boolean {
  return skip === undefined && only?.includes(database) !== false;
}

/** Whether a part is for a database. */
export function isFor(database: DatabaseName, part: Part): boolean {
  return !('block' in part) || isPlayedOn(database, part.block);
}

/** What is typed for a part: for a task what the learner has typed, if anything, or else the author's way. */
export function statementsFor(
  part: Part,
  done: Readonly<Record<string, readonly string[]>> = {},
): readonly string[] {
  if (!('block' in part)) return [];
  return (part.kind === 'task' ? done[part.id] : undefined) ?? part.block.steps.map(({ typed }) => typed);
}

/** Types all that comes before a step. */
export async function typeUntil(
  id: string | undefined,
  { parts }: Pick<Lesson, 'parts'>,
  shell: Pick<TranscriptShell, 'shell' | 'takePrinted' | 'database'>,
  done?: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
  for (const part of parts) {
    if (isStop(part) && part.id === id) return;
    if (isFor(shell.database, part)) await typeIn(statementsFor(part, done), shell);
  }
}
