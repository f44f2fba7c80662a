import type { Answer, Column } from './answer.ts';

/** How objects are shown that are more to the person than their properties. */
const answers = new WeakMap<object, () => Answer>();

/**
 * Lets an object be shown as an answer wherever a statement ends in it. It stays a value like any other: it can be kept
 * in a variable, and what it holds can be read.
 *
 * @param answer called each time that the object is shown
 * @returns the object
 */
export function showAs<T extends object>(value: T, answer: () => Answer): T {
  answers.set(value, answer);
  return value;
}

/** @returns the answer that a value is shown as; undefined for a value that is shown as it is */
export function answerOf(value: unknown): Answer | undefined {
  return Object(value) === value ? answers.get(value as object)?.() : undefined;
}

/** An answer that a call at the prompt returns. */
export function ready(answer: Answer): Answer {
  return showAs(answer, () => answer);
}

/** A text that is printed as it is, not as a string; `String(help())` is the text, too. */
export function text(content: string): Answer {
  const answer = ready({ kind: 'text', text: content });
  return Object.defineProperty(answer, 'toString', { value: () => content });
}

/**
 * Rows that are shown as a table.
 *
 * @param empty what to say where there are no rows
 * @returns the rows
 */
export function table<Row extends object>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  empty: string,
): readonly Row[] {
  return showAs(rows, () => ({ kind: 'table', columns, rows, empty }));
}
