import { align } from '../compare/align.ts';
import { matchLines } from '../compare/match-lines.ts';
import { isErrorLine, unescapeLine } from '../parse/read-expectation.ts';
import { anyLines } from '../parse/pattern.ts';
import type { Draft } from './draft.ts';
import { type Generalized, generalizeLine, type Period, quoteLine } from './generalize-line.ts';

/**
 * Makes what is expected of a step match its recording and its replays.
 *
 * @param replays what it printed in each; with several that differ, what is not a value may become a wildcard, too
 * @returns undefined if it differs for another reason than that its values do
 */
export function generalizeStep(
  draft: Draft,
  replays: readonly (readonly string[] | undefined)[],
  period: Period,
): Draft | undefined {
  const { output, expected: quoted, isMasked } = draft;
  const [first, second = first] = replays;
  // An error on one side only means that something else happened, not that something else was printed.
  const isSameKind = (lines: readonly string[] | undefined) =>
    lines !== undefined && lines.some(isErrorLine) === output.some(isErrorLine);
  if (first === undefined || second === undefined || !replays.every(isSameKind)) return undefined;
  if (matches(quoted, first) && matches(quoted, second)) return draft;
  const { lines: expected, isWide } = generalizeLines(output, first, period);
  const isRandom = first.join('\n') !== second.join('\n');
  if (isWide && !isRandom && !isMasked) return undefined;
  return { ...draft, expected: matches(expected, second) ? expected : [anyLines] };
}

function generalizeLines(
  recorded: readonly string[],
  replayed: readonly string[],
  period: Period,
): Generalized {
  const lines: string[] = [];
  let isWide = false;
  let dropped: string[] = [];
  let added: string[] = [];
  const flush = () => {
    if (dropped.length === added.length) {
      const pairs = dropped.map((line, index) => generalizeLine(line, added[index] ?? ''));
      lines.push(...pairs.flatMap(pair => pair.lines));
      isWide ||= pairs.some(pair => pair.isWide);
    } else {
      if (lines.at(-1) !== anyLines) lines.push(anyLines);
      isWide = true;
    }
    dropped = [];
    added = [];
  };
  const edits = align(recorded, replayed, {
    matches: (one, other) => one === other,
    isAny: () => false,
    weight: () => 1,
  });
  for (const edit of edits) {
    if (edit.kind === 'drop') dropped.push(edit.expected);
    else if (edit.kind === 'add') added.push(edit.actual);
    else {
      flush();
      lines.push(quoteLine(edit.expected, period));
    }
  }
  flush();
  return { lines, isWide };
}

function matches(expected: readonly string[], printed: readonly string[]): boolean {
  return matchLines(expected.map(unescapeLine), printed, new Map()) !== undefined;
}
