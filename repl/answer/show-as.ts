import type { Answer, Column } from './answer.ts';

/** The answers of objects that are not shown by their properties. */
const answers = new WeakMap<object, () => Answer>();

/**
 * Makes a statement whose value is this object show an answer. The object stays a value like any other: it can be kept
 * in a variable and read.
 *
 * @param answer called each time the object is shown
 * @returns the object
 */
export function showAs<T extends object>(value: T, answer: () => Answer): T {
  answers.set(value, answer);
  return value;
}

/** @returns the answer that a value is shown as; undefined if it is shown by its properties */
export function answerOf(value: unknown): Answer | undefined {
  return Object(value) === value ? answers.get(value as object)?.() : undefined;
}

/** An answer that is its own value, for a call at the prompt to return. */
export function ready(answer: Answer): Answer {
  return showAs(answer, () => answer);
}

/** A text that is printed without quotes. Converted to a string, it is the text. */
export function text(content: string): Answer {
  const answer = ready({ kind: 'text', text: content });
  return Object.defineProperty(answer, 'toString', { value: () => content });
}

/**
 * Rows that are shown as a table.
 *
 * @param empty what to print if there are no rows
 * @returns the rows
 */
export function table<Row extends object>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  empty: string,
): readonly Row[] {
  return showAs(rows, () => ({ kind: 'table', columns, rows, empty }));
}
