import { structuredPatch } from 'diff';
import { findDifferences } from '../run/compare-databases.ts';
import type { FileOutcome } from '../run/outcome.ts';
import { namesIn } from '../parse/pattern.ts';
import { type FailedStep, updateStep } from './update-step.ts';
import type { Block, Step, Transcript } from '../transcript.ts';

/** What an update makes of a file. */
export interface Update {
  readonly text: string;
  /** What changes, as a unified diff has it. */
  readonly diff: readonly string[];
  /** The steps that are left as they are, and why. */
  readonly refused: readonly { readonly line: number; readonly message: string }[];
}

/**
 * Writes what was printed into a file, in the place of what is written there. Every wildcard that still matches stays,
 * and so does everything that did not fail.
 */
export function updateTranscript(transcript: Transcript, outcomes: readonly FileOutcome[]): Update {
  const lines = transcript.text.match(/[^\r\n]*(?:\r\n|\n|\r|$)/g) ?? [];
  const refused: { line: number; message: string }[] = [];
  const differing = new Set(findDifferences(transcript, outcomes).map(({ line }) => line));
  // From the end, so that the lines before keep their numbers.
  for (const block of transcript.blocks.toReversed()) {
    const longest: string[] = [];
    let { lastLine } = block;
    for (const step of block.steps.toReversed()) {
      const failed = outcomes
        .flatMap(({ steps }) =>
          steps.map((outcome, index) => ({
            outcome,
            before: new Map(Object.entries(steps[index - 1]?.bindings ?? {})),
          })),
        )
        .filter(({ outcome: { line, status } }) => line === step.line && status === 'failed');
      const reason = differing.has(step.line)
        ? disagreement
        : (whyNot(failed, block) ?? lostName(step, failed, transcript));
      if (reason !== undefined) refused.push({ line: step.line, message: reason });
      if (failed.length === 0 || reason !== undefined) continue;
      const { length } = step.expected.written;
      const written = updateStep(step, block, failed);
      const [, end = '\n'] = /(\r?\n|\r)$/.exec(lines[step.line - 1] ?? '') ?? [];
      lines.splice(
        step.lastLine - length,
        length,
        ...written.map(text => `${step.margin}${text}`.trimEnd() + end),
      );
      lastLine += written.length - length;
      longest.push(...written);
    }
    widenFence(block, lastLine, longest, lines);
  }
  const text = lines.join('');
  const { hunks } = structuredPatch('', '', transcript.text, text, '', '', { context: 2 });
  return {
    text,
    diff: hunks.flatMap(hunk => [`@@ line ${hunk.oldStart} @@`, ...hunk.lines.map(line => line.trimEnd())]),
    refused: refused.toReversed(),
  };
}

const disagreement =
  'The databases disagree here; mend it by hand, or make a block for each: {only=postgresql}.';

function whyNot(all: readonly FailedStep[], { setup }: Block): string | undefined {
  const failed = all.map(({ outcome }) => outcome);
  if (failed.some(({ actual }) => actual === undefined)) return 'It did not end in time.';
  if (failed.some(({ failures }) => failures.every(({ kind }) => kind === 'left')))
    return 'It leaves the shell, and there are steps after it.';
  return setup && failed.some(({ actual }) => actual?.output.some(line => line.includes('-->')))
    ? "What it prints holds '-->', which would end the hidden block."
    : undefined;
}

/** A statement that names what nothing binds any more went wrong for that reason alone. */
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
  return lost === undefined ? undefined : `Nothing binds <${lost}> any more; mend that first.`;
}

/** A fence has to be longer than any line within that looks like its end. */
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
  for (const at of [line - 1, lastLine - 1]) lines[at] = lines[at]?.replace(fence, wide) ?? '';
}
