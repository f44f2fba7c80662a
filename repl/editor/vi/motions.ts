import { nextBoundary, previousBoundary } from '../text/clusters.ts';
import { columnsOf, placeAt } from '../text/columns.ts';
import { lineEnd, lineStart } from '../text/places.ts';
import { lastOfWord, nextWord, wordBefore } from './words.ts';

/** Where a motion leads, and what an operator takes with it. */
export interface Target {
  readonly to: number;
  /** Whether the character there is part of it; or whole lines are. */
  readonly extent: 'before' | 'with' | 'lines';
}

/** A search for a character in the line. */
export interface Find {
  readonly kind: 'f' | 'F' | 't' | 'T';
  readonly character: string;
}

interface Start {
  readonly text: string;
  readonly at: number;
  /** Undefined where none was typed. */
  readonly count: number | undefined;
}

type Motion = (start: Start) => Target | undefined;

const before = (to: number): Target => ({ to, extent: 'before' });
const withIt = (to: number): Target => ({ to, extent: 'with' });

/** The motions of one key, or of two. */
export const motions: ReadonlyMap<string, Motion> = new Map<string, Motion>([
  [
    'h',
    start =>
      before(repeated(start, at => Math.max(lineStart(start.text, at), previousBoundary(start.text, at)))),
  ],
  [
    'l',
    start => before(repeated(start, at => Math.min(lineEnd(start.text, at), nextBoundary(start.text, at)))),
  ],
  ['0', ({ text, at }) => before(lineStart(text, at))],
  ['^', ({ text, at }) => before(firstInLine(text, at))],
  ['$', ({ text, at, count = 1 }) => before(lineEnd(text, lineAt(text, at, count - 1) ?? at))],
  ['w', start => before(repeated(start, at => nextWord(start.text, at, false)))],
  ['W', start => before(repeated(start, at => nextWord(start.text, at, true)))],
  ['b', start => before(repeated(start, at => wordBefore(start.text, at, false)))],
  ['B', start => before(repeated(start, at => wordBefore(start.text, at, true)))],
  ['e', start => withIt(repeated(start, at => lastOfWord(start.text, at, false)))],
  ['E', start => withIt(repeated(start, at => lastOfWord(start.text, at, true)))],
  ['j', ({ text, at, count = 1 }) => lines(lineAt(text, at, count))],
  ['k', ({ text, at, count = 1 }) => lines(lineAt(text, at, -count))],
  [
    'gg',
    ({ text, count = 1 }) => ({ to: firstInLine(text, lineAt(text, 0, count - 1) ?? 0), extent: 'lines' }),
  ],
  [
    'G',
    ({ text, count }) => ({
      to: firstInLine(text, (count && lineAt(text, 0, count - 1)) || text.length),
      extent: 'lines',
    }),
  ],
  ['%', ({ text, at }) => bracket(text, at)],
]);

/**
 * The character that `f` and its like look for, the count-th from here.
 *
 * @param isAgain whether one that stands beside the cursor already is not found again
 */
export function found(
  { kind, character }: Find,
  { text, at, count = 1 }: Start,
  isAgain: boolean,
): Target | undefined {
  const isBack = kind === 'F' || kind === 'T';
  const isTo = kind === 't' || kind === 'T';
  const [start, end] = [lineStart(text, at), lineEnd(text, at)];
  let place = at;
  for (let left = count; left > 0; left--) {
    const skipped = isAgain && isTo && left === count ? (isBack ? place - 1 : place + 1) : place;
    place = isBack ? text.lastIndexOf(character, skipped - 1) : text.indexOf(character, skipped + 1);
    if (place < start || place >= end || (isBack && skipped <= start)) return undefined;
  }
  if (isBack) return before(isTo ? place + character.length : place);
  return withIt(isTo ? previousBoundary(text, place) : place);
}

/** Where the first character of a line is that is no blank. */
export function firstInLine(text: string, at: number): number {
  const start = lineStart(text, at);
  return start + (/^[ \t]*/.exec(text.slice(start, lineEnd(text, at)))?.[0].length ?? 0);
}

/** The same column some lines below, or above. @returns undefined where there are not as many */
function lineAt(text: string, at: number, step: number): number | undefined {
  let start = lineStart(text, at);
  const column = columnsOf(text.slice(start, at));
  for (let left = Math.abs(step); left > 0; left--) {
    if (step < 0 ? start === 0 : lineEnd(text, start) === text.length) return undefined;
    start = step < 0 ? lineStart(text, start - 1) : lineEnd(text, start) + 1;
  }
  return start + placeAt(text.slice(start, lineEnd(text, start)), column);
}

function lines(to: number | undefined): Target | undefined {
  return to === undefined ? undefined : { to, extent: 'lines' };
}

function repeated({ at, count = 1 }: Start, step: (at: number) => number): number {
  let place = at;
  for (let left = Math.min(count, 10_000); left > 0; left--) place = step(place);
  return place;
}

/** The bracket that matches the next one in the line. */
function bracket(text: string, at: number): Target | undefined {
  const next = /[()[\]{}]/.exec(text.slice(at, lineEnd(text, at)));
  if (!next) return undefined;
  const pair = ['()', '[]', '{}'].find(each => each.includes(next[0])) ?? '';
  const step = next[0] === pair[0] ? 1 : -1;
  let depth = 0;
  for (let place = at + next.index; place >= 0 && place < text.length; place += step) {
    if (text[place] === pair[0]) depth += step;
    else if (text[place] === pair[1]) depth -= step;
    if (depth === 0) return withIt(place);
  }
  return undefined;
}
