import { callOther } from './coroutine.ts';
import { handedOver, overlook } from './handed-over.ts';

/**
 * Calls something that is not typed, and settles what became of promises that typed functions have returned to it
 * meanwhile: code that does not give back a promise of its own has taken them for values.
 *
 * @param settle is given what was returned, if there were promises, and how many
 */
export function callAndSettle(
  refuse: (() => Error) | undefined,
  call: () => unknown,
  settle: (result: unknown, promises: number) => unknown,
  isPlain = false,
): unknown {
  const before = handedOver.length;
  try {
    const result = callOther(refuse, call, isPlain);
    return handedOver.length === before ? result : settle(result, handedOver.length - before);
  } catch (error) {
    for (let index = before; index < handedOver.length; index++) overlook(handedOver[index] as object);
    throw error;
  } finally {
    handedOver.length = before;
  }
}
