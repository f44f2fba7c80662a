/** What belongs to a word: a name of JavaScript is one. */
const ofWord = /[\p{L}\p{N}\p{M}_$]/u;

/** Where the line begins that a place is in. */
export function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

/** Where the line ends that a place is in. */
export function lineEnd(text: string, at: number): number {
  const found = text.indexOf('\n', at);
  return found < 0 ? text.length : found;
}

/** Where the next word ends: behind what is between, and behind it. */
export function wordEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && !isWord(text, end)) end += lengthAt(text, end);
  while (end < text.length && isWord(text, end)) end += lengthAt(text, end);
  return end;
}

/** Where the word before a place begins. */
export function wordStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && !isWord(text, before(text, start))) start = before(text, start);
  while (start > 0 && isWord(text, before(text, start))) start = before(text, start);
  return start;
}

/** Where what has no space in it begins before a place. */
export function spacelessStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && /\s/.test(text.charAt(start - 1))) start -= 1;
  while (start > 0 && !/\s/.test(text.charAt(start - 1))) start -= 1;
  return start;
}

function isWord(text: string, at: number): boolean {
  return ofWord.test(String.fromCodePoint(text.codePointAt(at) ?? 0));
}

function lengthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

function before(text: string, at: number): number {
  return at > 1 && (text.codePointAt(at - 2) ?? 0) > 0xffff ? at - 2 : at - 1;
}
