import { isBuiltIn } from './built-in-callees.ts';
import { callOther } from './coroutine.ts';
import type { LazySource } from './lazy-source.ts';

/** Operators that may call a typed function, and use its answer at once. */
export function createQuestions(source: LazySource) {
  const refuseIn = (typed: string) => () => source.cannotWait(`A callback of ${typed}`);
  return {
    /** `key in object`, which asks a proxy. @param typed the object, as it was typed */
    isKeyIn: (key: PropertyKey, object: object, typed: string): boolean =>
      callOther(refuseIn(typed), () => key in object),
    /** `value instanceof kind`. @param typed the kind, as it was typed */
    isInstance: (value: unknown, kind: never, typed: string): boolean =>
      isBuiltIn(kind) ? value instanceof kind : callOther(refuseIn(typed), () => value instanceof kind),
  };
}
