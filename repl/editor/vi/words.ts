import { nextBoundary, previousBoundary } from '../text/clusters.ts';

/** What a place in a text is of, to the word motions. */
type WordKind = 'space' | 'word' | 'other';

/** @param isBig whether only spaces end a word, as for `W` */
function kindAt(text: string, at: number, isBig: boolean): WordKind {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 32);
  if (/\s/.test(character)) return 'space';
  return isBig || /[\p{L}\p{N}\p{M}_$]/u.test(character) ? 'word' : 'other';
}

/** Where the next word begins. */
export function nextWord(text: string, from: number, isBig: boolean): number {
  let at = from;
  const kind = kindAt(text, at, isBig);
  if (kind !== 'space')
    while (at < text.length && kindAt(text, at, isBig) === kind) at = nextBoundary(text, at);
  while (at < text.length && kindAt(text, at, isBig) === 'space') at = nextBoundary(text, at);
  return at;
}

/** Where the word before begins. */
export function wordBefore(text: string, from: number, isBig: boolean): number {
  const kindBefore = (at: number) => kindAt(text, previousBoundary(text, at), isBig);
  let at = from;
  while (at > 0 && kindBefore(at) === 'space') at = previousBoundary(text, at);
  const kind = kindBefore(at);
  while (at > 0 && kindBefore(at) === kind) at = previousBoundary(text, at);
  return at;
}

/** Where the last character of a word is, of this one or the next. */
export function lastOfWord(text: string, from: number, isBig: boolean): number {
  let at = nextBoundary(text, from);
  while (at < text.length && kindAt(text, at, isBig) === 'space') at = nextBoundary(text, at);
  const kind = kindAt(text, at, isBig);
  let next = nextBoundary(text, at);
  while (next < text.length && kindAt(text, next, isBig) === kind) {
    at = next;
    next = nextBoundary(text, at);
  }
  return Math.min(at, previousBoundary(text, text.length));
}
