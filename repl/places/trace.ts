import { inspect } from 'node:util';
import { MikroscopeError } from '../../src/index.ts';
import type { Frame } from '../answer/answer.ts';
import { framesOf, placeOf } from './frames.ts';
import type { TypedText, TypedTexts } from './typed-texts.ts';

/**
 * What is shown of where an error comes from: its frames, the statement that failed, and the causes.
 *
 * @param current the statement that failed; undefined if none did
 */
export function tracedFrames(error: unknown, texts: TypedTexts, current: TypedText | undefined): Frame[] {
  const frames = framesOf(error, texts, current);
  return [...frames, ...(current ? statementOf(current, frames) : []), ...causesOf(error, texts, current)];
}

/** The place of a statement, unless the stack begins at one of its lines. */
function statementOf({ text, origin }: TypedText, frames: readonly Frame[]): Frame[] {
  const first = frames.at(-1)?.text.replace(/\)$/, '');
  const isThere = text.split('\n').some((_, index) => {
    const [place] = placeOf(origin, index + 1);
    return place && first?.endsWith(place.text.trim().replace(/^at /, ''));
  });
  return isThere ? [] : placeOf(origin);
}

/** How many errors below another one are shown. */
const maxCauses = 5;

/**
 * The errors that led to another one, each with its frames. What the message of the error says already is left out, and
 * an error of the shell itself says all there is to know.
 */
function causesOf(error: unknown, texts: TypedTexts, current: TypedText | undefined): Frame[] {
  const frames: Frame[] = [];
  const seen = new Set<unknown>([error]);
  let outer = error;
  while (outer instanceof Error && !(outer instanceof MikroscopeError) && seen.size <= maxCauses) {
    const { cause } = outer;
    if (cause === undefined || seen.has(cause)) break;
    seen.add(cause);
    const { headline, message } = readCause(cause);
    if (!outer.message.includes(message))
      frames.push({ text: `Caused by: ${headline}` }, ...framesOf(cause, texts, current));
    outer = cause;
  }
  return frames;
}

function readCause(cause: unknown): { readonly headline: string; readonly message: string } {
  if (!(cause instanceof Error)) return { headline: inspect(cause, { depth: 1 }), message: String(cause) };
  return { headline: `${cause.name}: ${cause.message}`, message: cause.message };
}
