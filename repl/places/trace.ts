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
function statementOf(current: TypedText, frames: readonly Frame[]): Frame[] {
  const first = frames.at(-1)?.text.replace(/\)$/, '');
  const isThere = current.text.split('\n').some((_, index) => {
    const [place] = placeOf(current, index + 1);
    return place && first?.endsWith(place.text.replace(/^ +at /, ''));
  });
  return isThere ? [] : placeOf(current);
}

/** How many errors below another one are shown. */
const maxCauses = 5;

/**
 * The errors that led to another one, or that it gathers, each with its frames. What the message of the error says already
 * is left out, and an error of the shell itself says all there is to know.
 */
function causesOf(
  error: unknown,
  texts: TypedTexts,
  current: TypedText | undefined,
  seen = new Set<unknown>([error]),
): Frame[] {
  if (!(error instanceof Error) || error instanceof MikroscopeError) return [];
  return innerErrors(error).flatMap(([why, inner]) => {
    if (seen.has(inner) || seen.size > maxCauses) return [];
    seen.add(inner);
    const { headline, message } = readCause(inner);
    const isTold = why === 'Caused by' && error.message.includes(message);
    const own = isTold ? [] : [{ text: `${why}: ${headline}` }, ...framesOf(inner, texts, current)];
    return [...own, ...causesOf(inner, texts, current, seen)];
  });
}

function innerErrors(error: Error): [why: string, inner: unknown][] {
  const { cause } = error;
  const gathered: unknown[] = error instanceof AggregateError ? error.errors : [];
  return [
    ...(cause === undefined ? [] : [['Caused by', cause] as [string, unknown]]),
    ...gathered.map((inner): [string, unknown] => ['One of its errors', inner]),
  ];
}

function readCause(cause: unknown): { readonly headline: string; readonly message: string } {
  if (!(cause instanceof Error)) return { headline: inspect(cause, { depth: 1 }), message: String(cause) };
  return { headline: `${cause.name}: ${cause.message}`, message: cause.message };
}
