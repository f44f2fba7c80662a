import type { SqlEntry } from '../../src/index.ts';
import { render, renderHeadline } from '../render/render.ts';
import type { Shell } from '../shell.ts';
import { withoutBlankEnd } from './expectation.ts';
import { judge, withoutQuotes } from './judge.ts';
import type { Actual, StepOutcome } from './outcome.ts';
import { type Bindings, substitute } from './pattern.ts';
import type { Block, DatabaseName, Step, Transcript } from './transcript.ts';

/** A shell on a fresh database whose console is caught. */
export interface Stage {
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

const patience = 30_000;

/** Plays a transcript step by step. Every step has an outcome, also one that does not run. */
export async function* play(
  { blocks }: Pick<Transcript, 'blocks'>,
  stage: Stage,
  { before = Infinity, pastErrors = false, timeout = patience, onStep }: PlayOptions = {},
): AsyncGenerator<StepOutcome> {
  let bindings: Bindings = new Map();
  let over = false;
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
      const outcome = await playStep(step, block, stage, bindings, limit);
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
  stage: Stage,
  bindings: Bindings,
  limit: number,
): Promise<StepOutcome> {
  const { database, shell, takePrinted } = stage;
  const ran: SqlEntry[] = [];
  const unsubscribe = shell.session.sql.subscribe(entry => ran.push(entry));
  const timer = setTimeout(() => shell.interrupt(), limit);
  const start = performance.now();
  const answer = await shell.respond(substitute(step.typed, bindings));
  const milliseconds = performance.now() - start;
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
  const lines = (shown: string | undefined) =>
    withoutBlankEnd(
      [printed, shown]
        .filter(text => text !== undefined && text !== '')
        .join('\n')
        .split('\n'),
    );
  const printed = takePrinted().replace(/\n$/, '');
  const style = { width: 80, color: false };
  const threw = answer.kind === 'error' ? { ...answer, frames: [] } : undefined;
  const actual: Actual = {
    output: lines(render(threw ?? answer, style)),
    ...(threw && { bare: lines(renderHeadline(threw, style)) }),
    sql,
    queries: sql.filter(
      text => !/^(?:begin|commit|rollback|savepoint|release|start transaction)\b/i.test(text),
    ).length,
    pending: shell.session.pending.summary || 'nothing',
  };
  const verdict = judge(step, actual, { ...block, database }, bindings);
  const failures =
    answer.kind === 'exit' ? [...verdict.failures, { kind: 'left' } as const] : verdict.failures;
  return {
    ...outcome,
    status: failures.length === 0 ? 'passed' : 'failed',
    failures,
    actual,
    bindings: Object.fromEntries(verdict.bindings),
  };
}
