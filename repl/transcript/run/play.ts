import { type Dialect, readStatements, type SqlEntry, withoutNameQuotes } from '../../../src/index.ts';
import type { Answer } from '../../answer/answer.ts';
import { renderTrace } from '../../render/render-trace.ts';
import type { Shell } from '../../shell.ts';
import { compareStep } from '../compare/compare-step.ts';
import type { Actual, StepOutcome } from '../outcome.ts';
import { type Bindings, substitute } from '../parse/pattern.ts';
import type { Block, DatabaseName, Step, Transcript } from '../transcript.ts';
import { bindFailedStep } from '../update/bind-failed-step.ts';
import { printedLines } from './printed-lines.ts';

/** A shell on a fresh database whose console is captured. */
export interface TranscriptShell {
  readonly shell: Shell;
  readonly database: DatabaseName;
  /** @returns what the console printed since the last call */
  readonly takePrinted: () => string;
}

export interface PlayOptions {
  /** Plays only the steps that begin before this line. */
  readonly before?: number;
  /** Goes on after an unexpected error. */
  readonly pastErrors?: boolean;
  /** How long a step may take unless its block says so; 30 seconds by default. */
  readonly timeoutMs?: number;
  /** Whether errors tell their whole stacks and causes. */
  readonly debug?: boolean;
  /** Called before each step, so that another process can end code that never waits. */
  readonly onStep?: (step: Step, timeoutMs: number) => void;
}

const defaultStepTimeoutMs = 30_000;

/** Captured here, as a statement may replace the global. */
const { setImmediate } = globalThis;

/** Plays a transcript step by step. Every step has an outcome, even one that does not run. */
export async function* play(
  { blocks }: Pick<Transcript, 'blocks'>,
  transcriptShell: TranscriptShell,
  {
    before = Infinity,
    pastErrors = false,
    timeoutMs = defaultStepTimeoutMs,
    debug = false,
    onStep,
  }: PlayOptions = {},
): AsyncGenerator<StepOutcome> {
  const { database } = transcriptShell;
  let bindings: Bindings = new Map();
  let isOver = false;
  const last = blocks.at(-1)?.steps.at(-1);
  for (const block of blocks) {
    const isSkipped = block.skip !== undefined || block.only?.includes(database) === false;
    for (const step of block.steps) {
      if (step.line >= before) return;
      if (isSkipped || isOver) {
        yield didNotRun(step, database, isSkipped ? 'skipped' : 'not run', bindings);
        continue;
      }
      const stepTimeoutMs = block.timeoutMs ?? timeoutMs;
      onStep?.(step, stepTimeoutMs);
      const isLast = step === last;
      const outcome = await playStep(step, block, transcriptShell, bindings, {
        timeoutMs: stepTimeoutMs,
        isLast,
        debug,
      });
      bindings = new Map(Object.entries(outcome.bindings));
      isOver = outcome.failures.some(
        ({ kind }) => kind === 'timeout' || kind === 'left' || (kind === 'threw' && !pastErrors),
      );
      yield outcome;
    }
  }
}

/** The outcome of a step that did not run. */
export function didNotRun(
  { line }: Step,
  database: DatabaseName,
  status: 'skipped' | 'not run',
  bindings: Bindings = new Map(),
): StepOutcome {
  return {
    database,
    line,
    status,
    failures: [],
    bindings: Object.fromEntries(bindings),
    milliseconds: 0,
  };
}

interface StepOptions extends Required<Pick<PlayOptions, 'debug'>> {
  readonly timeoutMs: number;
  readonly isLast: boolean;
}

async function playStep(
  step: Step,
  block: Block,
  transcriptShell: TranscriptShell,
  bindings: Bindings,
  { timeoutMs, isLast, debug }: StepOptions,
): Promise<StepOutcome> {
  const { database } = transcriptShell;
  const typed = substitute(step.typed, bindings);
  const { answer, sql, milliseconds } = await respondWithin(timeoutMs, typed, transcriptShell);
  const outcome = { database, line: step.line, milliseconds };
  if (answer.kind === 'interrupted')
    return {
      ...outcome,
      status: 'failed',
      failures: [{ kind: 'timeout', milliseconds: timeoutMs }],
      bindings: Object.fromEntries(bindings),
    };
  const actual = {
    ...actualOf(step, answer, sql, transcriptShell),
    ...(debug && answer.kind === 'error' && { trace: renderTrace(answer.error) }),
  };
  const rules = { ...block, database };
  const { failures: differences, bindings: bound } = compareStep(step, actual, rules, bindings);
  const failures =
    answer.kind === 'exit' && !isLast ? [...differences, { kind: 'left' } as const] : differences;
  const compared = { ...outcome, failures, actual, bindings: Object.fromEntries(bound) };
  if (failures.length === 0) return { ...compared, status: 'passed' };
  const failed = { ...compared, status: 'failed' } as const;
  return { ...failed, bindings: Object.fromEntries(bindFailedStep(step, failed, rules, bindings)) };
}

/** Runs a statement, interrupts it when its time is up, and notes the SQL that it runs. */
export async function respondWithin(
  timeoutMs: number,
  typed: string,
  { shell }: Pick<TranscriptShell, 'shell'>,
): Promise<{ answer: Answer; sql: readonly SqlEntry[]; milliseconds: number }> {
  const sql: SqlEntry[] = [];
  const unsubscribe = shell.session.sql.subscribe(entry => sql.push(entry));
  const timer = setTimeout(() => shell.interrupt(), timeoutMs);
  const start = performance.now();
  const answer = await shell.respond(typed);
  const milliseconds = performance.now() - start;
  // What promises that the statement did not wait for print right after it still belongs to this step.
  if (answer.kind !== 'interrupted') await new Promise(setImmediate);
  clearTimeout(timer);
  unsubscribe();
  return { answer, sql, milliseconds };
}

function actualOf(
  { expected }: Step,
  answer: Answer,
  entries: readonly SqlEntry[],
  { shell, takePrinted }: TranscriptShell,
): Actual {
  const { family } = shell.session.dialect;
  const sql = entries.map(entry => withoutNameQuotes(entry.sql, family));
  return {
    ...printedLines(answer, takePrinted()),
    sql,
    ...(expected.queries !== undefined && {
      queries: countQueries(entries, family),
    }),
    // Finding it out looks at everything that is loaded.
    ...(expected.pending !== undefined && { pending: shell.session.pending.summary || 'nothing' }),
  };
}

/** How many statements count as queries. */
export function countQueries(entries: readonly SqlEntry[], family: Dialect['family']): number {
  return entries.filter(entry => isQuery(entry, family)).length;
}

/** Whether a statement counts as a query: not if it begins or ends a transaction, or a savepoint. */
function isQuery({ sql }: SqlEntry, family: Dialect['family']): boolean {
  return readStatements(sql, family).some(({ kind }) => kind !== 'transaction');
}
