import type { Coroutine } from './coroutine.ts';
import { type Callback, isPromise } from './values.ts';

type Compare = (one: unknown, other: unknown) => unknown;

const sorts = new Set<unknown>(
  [Array.prototype, Object.getPrototypeOf(Int8Array.prototype) as object].flatMap(list =>
    ['sort', 'toSorted'].map(name => Reflect.get(list, name) as unknown),
  ),
);

export function isSort(callee: unknown): boolean {
  return sorts.has(callee);
}

/** Leaves a sort that has to wait for a comparison. */
const stop = Symbol('stop');

/**
 * Sorts with JavaScript's own sort, which asks for the same comparisons in the same order whenever it starts again, and
 * leaves the list as it is until it has all answers. So a comparison that has to be waited for ends it, and the next
 * attempt is told the answers so far.
 *
 * @param checkTurn is called now and then, and may throw to stop the sort
 */
export function* sortList(list: unknown, sort: Callback, compare: Compare, checkTurn: () => void): Coroutine {
  // Numbers, in an array that grows by itself only when it is full: there are millions of them.
  let answers = new Float64Array(1024);
  let known = 0;
  const remember = (answer: unknown): number => {
    if (known === answers.length) {
      const longer = new Float64Array(2 * known);
      longer.set(answers);
      answers = longer;
    }
    // Converted as the sort does it, which refuses a BigInt; once, as that may run code.
    return (answers[known++] = Math.max(answer as number));
  };
  for (;;) {
    let asked = 0;
    let awaited: Promise<unknown> | undefined;
    const ask = (one: unknown, other: unknown): number => {
      const index = asked++;
      if (index < known) return answers[index] as number;
      if ((index & 63) === 0) checkTurn();
      const answer = compare(one, other);
      if (typeof answer === 'number' && index < answers.length) {
        answers[index] = answer;
        known = asked;
        return answer;
      }
      if (isPromise(answer)) {
        awaited = answer;
        throw stop;
      }
      return remember(answer);
    };
    try {
      return Reflect.apply(sort, list, [ask]);
    } catch (error) {
      if (error !== stop || !awaited) throw error;
    }
    remember(yield awaited);
  }
}
