import { inspect } from 'node:util';
import { maskPassword } from '../../src/index.ts';

/** The lines of an error's whole stack, then of those of its causes and of the errors that it aggregates. */
export function renderTrace(error: unknown): string[] {
  return traceOf(error, new Set()).map(line => maskPassword(line));
}

export function isErrorLike(error: unknown): error is Error {
  return error instanceof Error || Object.prototype.toString.call(error) === '[object Error]';
}

/** What the name or the message of an error is as text: anybody may make it a symbol. */
export function textOf(value: unknown): string {
  return String(value);
}

function traceOf(error: unknown, seen: Set<unknown>): string[] {
  if (!isErrorLike(error) || seen.has(error)) return [];
  seen.add(error);
  const gathered: unknown = Reflect.get(error, 'errors');
  const inner: [why: string, error: unknown][] = [
    ...(error.cause === undefined ? [] : [['Caused by', error.cause] as [string, unknown]]),
    ...(Array.isArray(gathered)
      ? gathered.map((each): [string, unknown] => ['One of its errors', each])
      : []),
  ];
  return [
    ...framesOf(error),
    ...inner.flatMap(([why, each]) => [`${why}: ${headlineOf(each)}`, ...traceOf(each, seen)]),
  ];
}

/** The lines of a stack below the message. */
function framesOf({ stack, message }: Error): string[] {
  if (typeof stack !== 'string') return [];
  const text = textOf(message);
  const start = stack.includes(text) ? stack.indexOf(text) + text.length : 0;
  return stack
    .slice(start)
    .split('\n')
    .filter(line => line.trim() !== '');
}

function headlineOf(error: unknown): string {
  return isErrorLike(error) ? `${textOf(error.name)}: ${textOf(error.message)}` : inspect(error);
}
