import { align } from '../compare/align.ts';
import { escapeLine } from '../parse/read-expectation.ts';
import { isOfKind, printedWords, quoteWildcards, valueKinds } from '../parse/pattern.ts';

/** A span of time, in milliseconds since 1970. */
export type Period = readonly [start: number, end: number];

/** A clock may be this far from the one that a date was made by: a database's, one that counts in seconds. */
const clockToleranceMs = 1000;

/** Writes a printed line so that it matches itself; dates from the time of the recording become wildcards. */
export function quoteLine(line: string, [start, end]: Period): string {
  const isFromRecording = (word: string) => {
    const time = isOfKind('date', word) ? timeOf(word) : Number.NaN;
    return time >= start - clockToleranceMs && time <= end + clockToleranceMs;
  };
  return escapeLine(
    printedWords(quoteWildcards(line, new Map()))
      .map(word => (isFromRecording(word) ? '<date>' : word))
      .join(''),
  );
}

/** NaN for a date without a time. One without a zone is in UTC. */
function timeOf(date: string): number {
  if (!/[T ]/.test(date)) return Number.NaN;
  const zone = /Z|[+-]\d\d:?\d\d$/.test(date) ? '' : 'Z';
  return new Date(`${date.replace(' ', 'T')}${zone}`).getTime();
}

/** Lines that match two printings of them. */
export interface Generalized {
  readonly lines: readonly string[];
  /** Whether a wildcard stands for more than a value. */
  readonly isWide: boolean;
}

/** Writes a line that matches two printings of it, with the narrowest wildcards where they differ. */
export function generalizeLine(recorded: string, replayed: string): Generalized {
  const pieces: string[] = [];
  let isWide = false;
  let dropped = '';
  let added = '';
  const flush = () => {
    if (dropped !== '' || added !== '') {
      const value = valueKinds.find(kind => isOfKind(kind, dropped) && isOfKind(kind, added));
      pieces.push(`<${value ?? '*'}>`);
      isWide ||= value === undefined;
    }
    dropped = added = '';
  };
  const edits = align(printedWords(recorded), printedWords(replayed), {
    matches: (one, other) => one === other,
    isAny: () => false,
    weight: () => 1,
  });
  for (const edit of edits) {
    if (edit.kind === 'drop') dropped += edit.expected;
    else if (edit.kind === 'add') added += edit.actual;
    else {
      flush();
      pieces.push(quoteWildcards(edit.expected, new Map()));
    }
  }
  flush();
  return { lines: [escapeLine(pieces.join(''))], isWide };
}
