import { structuredPatch } from 'diff';
import { findDifferences } from '../compare/find-differences.ts';
import type { FileOutcome } from '../outcome.ts';
import { namesIn } from '../parse/pattern.ts';
import { contractRedactions } from '../parse/redactions.ts';
import type { Block, Step, Transcript } from '../transcript.ts';
import { type FailedStep, updateStep } from './update-step.ts';

/** What an update makes of a file. */
export interface Update {
  readonly text: string;
  /** The changes as a unified diff, without its header. */
  readonly diff: readonly string[];
  /** The steps that are left as they are, and why. */
  readonly refused: readonly { readonly line: number; readonly message: string }[];
}

/**
 * Updates a file to what its steps printed. What did not fail stays as it is, and so does every wildcard that still
 * matches.
 */
export function updateTranscript(transcript: Transcript, outcomes: readonly FileOutcome[]): Update {
  const lines = transcript.text.match(/[^\r\n]*(?:\r\n|\n|\r|$)/g) ?? [];
  const refused: { line: number; message: string }[] = [];
  const differing = new Set(findDifferences(transcript, outcomes).map(({ line }) => line));
  // The last first, so that the lines before it keep their numbers.
  for (const block of transcript.blocks.toReversed()) {
    const allWritten: string[] = [];
    let { lastLine } = block;
    for (const step of block.steps.toReversed()) {
      const failed = failuresOf(step, outcomes);
      const refusal = differing.has(step.line)
        ? 'The databases disagree here; fix it yourself, or write a block for each: {only=postgresql}.'
        : (refusalOf(failed, block) ?? lostName(step, failed, transcript));
      if (refusal !== undefined) refused.unshift({ line: step.line, message: refusal });
      if (failed.length === 0 || refusal !== undefined) continue;
      const written = updateStep(step, block, failed).map(line =>
        contractRedactions(line, transcript.redact ?? {}),
      );
      replaceWritten(lines, step, written);
      lastLine += written.length - step.expected.written.length;
      allWritten.push(...written);
    }
    widenFence(block, lastLine, allWritten, lines);
  }
  const text = lines.join('');
  return { text, diff: diffOf(transcript.text, text), refused };
}

/** How a step failed on each database where it did. */
function failuresOf({ line }: Step, outcomes: readonly FileOutcome[]): FailedStep[] {
  return outcomes.flatMap(({ steps }) =>
    steps.flatMap((outcome, index) =>
      outcome.line === line && outcome.status === 'failed'
        ? [{ outcome, before: new Map(Object.entries(steps[index - 1]?.bindings ?? {})) }]
        : [],
    ),
  );
}

/** Why a step cannot be updated, as a sentence. */
function refusalOf(failed: readonly FailedStep[], { setup }: Block): string | undefined {
  const outcomes = failed.map(({ outcome }) => outcome);
  if (outcomes.some(({ actual }) => actual === undefined)) return 'It did not end in time.';
  if (outcomes.some(({ failures }) => failures.every(({ kind }) => kind === 'left')))
    return 'It leaves the shell although steps follow.';
  return setup && outcomes.some(({ actual }) => actual?.output.some(line => line.includes('-->')))
    ? "Its output contains '-->', which would end the hidden block."
    : undefined;
}

/** Refuses a step that failed only because a name in its statement is no longer bound. */
function lostName(
  { typed, line }: Step,
  failed: readonly FailedStep[],
  { blocks }: Pick<Transcript, 'blocks'>,
): string | undefined {
  const lost = blocks
    .flatMap(({ steps }) => steps)
    .filter(step => step.line < line)
    .flatMap(({ expected }) => expected.written.flatMap(namesIn))
    .find(name => typed.includes(`<${name}>`) && failed.some(({ before }) => !before.has(name)));
  return lost === undefined ? undefined : `No step binds <${lost}> any more; fix that first.`;
}

function replaceWritten(
  lines: string[],
  { line, lastLine, margin, expected }: Step,
  written: readonly string[],
): void {
  const { length } = expected.written;
  const [, end = '\n'] = /(\r?\n|\r)$/.exec(lines[line - 1] ?? '') ?? [];
  lines.splice(lastLine - length, length, ...written.map(text => `${margin}${text}`.trimEnd() + end));
}

/** Makes a fence longer than any line inside it that looks like its end. */
function widenFence(
  { fence, line }: Block,
  lastLine: number,
  written: readonly string[],
  lines: string[],
): void {
  const ends = written.map(text => /^\s*(`{3,}|~{3,})\s*(?:repl(?![^\s{]).*)?$/.exec(text)?.[1] ?? '');
  const longest = Math.max(0, ...ends.filter(end => end[0] === fence[0]).map(end => end.length));
  if (fence === '' || longest < fence.length) return;
  const wide = fence.slice(0, 1).repeat(longest + 1);
  for (const index of [line - 1, lastLine - 1]) lines[index] = lines[index]?.replace(fence, wide) ?? '';
}

function diffOf(before: string, after: string): string[] {
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: 2 });
  return hunks.flatMap(hunk => [`@@ line ${hunk.oldStart} @@`, ...hunk.lines.map(line => line.trimEnd())]);
}
