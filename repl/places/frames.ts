import type { Frame } from '../answer/answer.ts';
import { columnOf } from './column-of.ts';
import { excerpt } from './excerpt.ts';
import { isForeign, stackOf } from './own-frames.ts';
import type { Origin, TypedText, TypedTexts } from './typed-texts.ts';

/**
 * The frames of an error's stack that the user can do something about, from the throw to the statement that ran: those in
 * what was typed, and those in files of their own. Frames of this program, of libraries and of Node.js are left out.
 *
 * @param current the statement that ran; undefined if none did
 */
export function framesOf(error: unknown, texts: TypedTexts, current: TypedText | undefined): Frame[] {
  const lines = (stackOf(error) ?? '').split('\n').filter(line => /^\s+at /.test(line));
  // What comes after the statement itself called it.
  const last = lines.findLastIndex(line => line.includes('prompt:'));
  const frames: Frame[] = [];
  let body = '';
  for (const line of lines.slice(0, last === -1 ? undefined : last + 1)) {
    const place = typedPlaceOf(line);
    if (place) {
      const isCall = place.called === body;
      body = bodyOf(place.called);
      const frame = isCall
        ? undefined
        : typedFrame(place, texts, current, frames.length === 0 ? error : undefined);
      if (frame) frames.push(frame);
    } else if (/ .*(file:|\/|[A-Z]:\\)/.test(line) && !isForeign(line))
      frames.push({ text: `    ${line.trim().replace(/\?reload=\d+(?=:)/, '')}` });
  }
  return withoutRepeated(frames);
}

/** Where a statement of a script is that has failed. */
export function placeOf(origin: Origin | undefined, line = 1): Frame[] {
  return origin ? [{ text: `    at ${origin.file}:${origin.line + line - 1}` }] : [];
}

interface TypedPlace {
  /** The function, as the stack has it; empty for none. */
  readonly called: string;
  readonly number: number;
  readonly line: number;
}

function typedPlaceOf(text: string): TypedPlace | undefined {
  const [found, called = '', number, line] =
    /^\s+at (?:async )?(?:(.*?) \()?prompt:(\d+):(\d+):\d+\)?$/.exec(text) ?? [];
  return found === undefined ? undefined : { called, number: Number(number), line: Number(line) };
}

const bodyPrefix = /^_{2,}f\d+_/;

/** The body of a function that waits is a function of its own, which the one with its name calls. */
function bodyOf(called: string): string {
  return bodyPrefix.test(called) ? called.replace(bodyPrefix, '') : '';
}

/** @param error what the frame is the first one of, whose message may name the column */
function typedFrame(
  { called, number, line }: TypedPlace,
  texts: TypedTexts,
  current: TypedText | undefined,
  error: unknown,
): Frame | undefined {
  const typed = texts.get(number);
  if (!typed) return undefined;
  const name = nameOf(called);
  if (typed.origin) {
    const place = `${typed.origin.file}:${typed.origin.line + line - 1}`;
    return { text: `    at ${name === '' ? place : `${name} (${place})`}` };
  }
  const isSingle = !typed.text.includes('\n');
  if (isSingle && typed === current) return undefined;
  const shown = excerpt(typed.text, { line, column: columnOf(typed.text, line, error) });
  const what = name === '' && typed !== current ? 'an earlier statement' : name;
  const where = shown.number === undefined ? '' : `line ${shown.number}`;
  return { text: `    at ${[what, where].filter(Boolean).join(', ')}`, excerpt: shown };
}

/** The name of a function as it was typed; empty for none. */
function nameOf(called: string): string {
  const name = called
    .replace(/^new /, '')
    .replace(bodyPrefix, '')
    .replace(/ \[as .*\]$/, '');
  return /^(?:eval|<anonymous>|.*\.<anonymous>|.*\.next)?$/.test(name) ? '' : name;
}

/** Endless calls have the same frame again and again. */
function withoutRepeated(frames: readonly Frame[]): Frame[] {
  return frames.filter(({ text, excerpt: shown }, index) => {
    const before = frames[index - 1];
    return before?.text !== text || before.excerpt?.text !== shown?.text;
  });
}
