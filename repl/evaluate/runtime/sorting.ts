import { callOther, type Coroutine } from './coroutine.ts';
import { type Callback, isPrimitive, isPromise } from './values.ts';
import { Array, Float64Array, Object, Reflect, withOwnMethods } from './language.ts';

type Compare = (one: unknown, other: unknown) => unknown;

const sorts: ReadonlySet<unknown> = withOwnMethods(
  new Set<unknown>(
    [Array.prototype, Object.getPrototypeOf(Int8Array.prototype) as object].flatMap(list =>
      ['sort', 'toSorted'].map(name => Reflect.get(list, name) as unknown),
    ),
  ),
);

export function isSort(callee: unknown): boolean {
  return sorts.has(callee);
}

const { max } = Math;

/** How many comparisons there are between two looks at whether to stop. */
const turn = 64;

/** Leaves a sort that has to wait for a comparison. */
const stop = Symbol('stop');

/**
 * Sorts with JavaScript's own sort, which asks for the same comparisons in the same order whenever it starts again, and
 * leaves the list as it is until it has all answers. So a comparison that has to be waited for ends it, and the next
 * attempt is told the answers so far.
 *
 * @param checkTurn is called now and then, and may throw to stop the sort
 * @param cannotWait the error for an answer that would have to wait to become a number
 */
export function* sortList(
  list: unknown,
  sort: Callback,
  compare: Compare,
  checkTurn: () => void,
  cannotWait: () => Error,
): Coroutine {
  const toNumber = (answer: unknown): number =>
    isPrimitive(answer) ? toNumberNow(answer) : callOther(cannotWait, () => toNumberNow(answer));
  // Numbers, in an array that grows by itself only now and then: there are millions of them.
  let answers = new Float64Array(turn);
  let known = 0;
  for (;;) {
    let asked = 0;
    let awaited: Promise<unknown> | undefined;
    const startTurn = (): void => {
      checkTurn();
      if (asked + turn <= answers.length) return;
      const longer = new Float64Array(2 * answers.length);
      longer.set(answers);
      answers = longer;
    };
    const receive = (answer: unknown): number => {
      if (!isPromise(answer)) return (answers[asked++] = toNumber(answer));
      awaited = answer;
      throw stop;
    };
    const ask = (one: unknown, other: unknown): number => {
      if ((asked & (turn - 1)) === 0) startTurn();
      if (asked < known) return answers[asked++] as number;
      const answer = compare(one, other);
      if (typeof answer !== 'number') return receive(answer);
      answers[asked++] = answer;
      return answer;
    };
    try {
      return Reflect.apply(sort, list, [ask]);
    } catch (error) {
      if (error !== stop || !awaited) throw error;
    }
    known = asked;
    answers[known++] = toNumber(yield awaited);
  }
}

/** Converts an answer as the sort does it, which refuses a BigInt; once, as that may run code. */
function toNumberNow(answer: unknown): number {
  return max(answer as number);
}
