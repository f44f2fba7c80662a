import { stripVTControlCharacters } from 'node:util';
import type { SqlEntry } from '../../../src/index.ts';
import type { Answer } from '../../answer/answer.ts';
import { render, renderHeadline } from '../../render/render.ts';
import type { Shell } from '../../shell.ts';
import { readExpectation } from '../parse/expectation.ts';
import { compareStep, type Rules, withoutQuotes, withoutStack } from './compare-step.ts';
import { updateStep } from '../update/update-step.ts';
import type { Actual, StepOutcome } from './outcome.ts';
import { newline } from '../parse/parse.ts';
import { type Bindings, substitute } from '../parse/pattern.ts';
import type { Block, DatabaseName, Step, Transcript } from '../transcript.ts';

/** A shell on a fresh database whose console is caught. */
export interface TranscriptShell {
  readonly shell: Shell;
  readonly database: DatabaseName;
  /** @returns what the console printed since it was last asked */
  readonly takePrinted: () => string;
}

export interface PlayOptions {
  /** Plays only the steps that begin before this line. */
  readonly before?: number;
  /** Goes on after an error that was not expected. */
  readonly pastErrors?: boolean;
  /** How long a step may take where its block does not say, in milliseconds. */
  readonly timeout?: number;
  /** Told before each step, so that somebody else can watch over code that never waits. */
  readonly onStep?: (step: Step, timeout: number) => void;
}

const stepTimeoutMs = 30_000;

/** Kept, as a statement may put another in its place. */
const { setImmediate } = globalThis;

/** Plays a transcript step by step. Every step has an outcome, also one that does not run. */
export async function* play(
  { blocks }: Pick<Transcript, 'blocks'>,
  stage: TranscriptShell,
  { before = Infinity, pastErrors = false, timeout = stepTimeoutMs, onStep }: PlayOptions = {},
): AsyncGenerator<StepOutcome> {
  let bindings: Bindings = new Map();
  let over = false;
  const last = blocks.at(-1)?.steps.at(-1);
  for (const block of blocks) {
    const skipped = block.skip !== undefined || (block.only && !block.only.includes(stage.database));
    for (const step of block.steps) {
      if (step.line >= before) return;
      if (skipped || over) {
        yield didNotRun(step, stage.database, skipped ? 'skipped' : 'not run', bindings);
        continue;
      }
      const limit = block.timeout ?? timeout;
      onStep?.(step, limit);
      const outcome = await playStep(step, block, stage, bindings, limit, step === last);
      bindings = new Map(Object.entries(outcome.bindings));
      over = outcome.failures.some(
        ({ kind }) => kind === 'timeout' || kind === 'left' || (kind === 'threw' && !pastErrors),
      );
      yield outcome;
    }
  }
}

/** The outcome of a step that was not run. */
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

async function playStep(
  step: Step,
  block: Block,
  stage: TranscriptShell,
  bindings: Bindings,
  limit: number,
  last: boolean,
): Promise<StepOutcome> {
  const { database, shell, takePrinted } = stage;
  const ran: SqlEntry[] = [];
  const unsubscribe = shell.session.sql.subscribe(entry => ran.push(entry));
  const timer = setTimeout(() => shell.interrupt(), limit);
  const start = performance.now();
  const answer = await shell.respond(substitute(step.typed, bindings));
  const milliseconds = performance.now() - start;
  // What promises that nobody waited for print at once is of this step.
  if (answer.kind !== 'interrupted') await new Promise(setImmediate);
  clearTimeout(timer);
  unsubscribe();
  const outcome = { database, line: step.line, milliseconds };
  if (answer.kind === 'interrupted')
    return {
      ...outcome,
      status: 'failed',
      failures: [{ kind: 'timeout', milliseconds: limit }],
      bindings: Object.fromEntries(bindings),
    };
  const sql = ran.map(entry => withoutQuotes(entry.sql));
  const actual: Actual = {
    ...printedLines(answer, takePrinted()),
    sql,
    queries: sql.filter(
      text => !/^(?:begin|commit|rollback|savepoint|release|start transaction)\b/i.test(text),
    ).length,
    // To work it out takes a look at everything that is loaded.
    ...(step.expected.pending !== undefined && { pending: shell.session.pending.summary || 'nothing' }),
  };
  const rules = { ...block, database };
  const verdict = compareStep(step, actual, rules, bindings);
  const failures =
    answer.kind === 'exit' && !last ? [...verdict.failures, { kind: 'left' } as const] : verdict.failures;
  const judged = { ...outcome, failures, actual, bindings: Object.fromEntries(verdict.bindings) };
  if (failures.length === 0) return { ...judged, status: 'passed' };
  const failed = { ...judged, status: 'failed' } as const;
  return { ...failed, bindings: Object.fromEntries(bindAnyway(step, failed, rules, bindings)) };
}

/** What the names of a step stand for although it failed: the steps after it use them. */
export function bindAnyway(step: Step, failed: StepOutcome, rules: Rules, bindings: Bindings): Bindings {
  if (!failed.actual) return bindings;
  const expected = readExpectation(
    updateStep(step, rules, [{ outcome: failed, before: bindings }]),
    () => {},
  );
  return compareStep({ ...step, expected }, failed.actual, rules, bindings).bindings;
}

/** What a statement printed, as lines: the console's first, then its answer, 80 columns wide and without color. */
export function printedLines(answer: Answer, printed: string): Pick<Actual, 'output' | 'bare'> {
  const style = { width: 80, color: false };
  const lines = (shown: string | undefined) =>
    withoutStack(
      stripVTControlCharacters(
        [
          ...(printed === '' ? [] : [printed.replace(/\n$/, '')]),
          ...(shown === undefined ? [] : [shown]),
        ].join('\n'),
      ).split(newline),
    );
  // What `.sql on` prints is checked as SQL, not as output; and what a sandbox marks is not marked elsewhere.
  const plain = { sql: [], sandbox: false };
  if (answer.kind !== 'error') return { output: lines(render({ ...answer, ...plain }, style)) };
  const error = { ...answer, ...plain, frames: [] };
  return { output: lines(render(error, style)), bare: lines(renderHeadline(error, style)) };
}
