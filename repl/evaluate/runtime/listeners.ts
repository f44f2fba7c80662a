import { types } from 'node:util';
import { patient } from './callbacks.ts';
import { Reflect, some, withOwnMethods } from './language.ts';
import { isOfEventTarget, removesListener } from './patient-callees.ts';
import { type Callback, isPrimitive } from './values.ts';
import { isTypedFunction } from './what-is-typed.ts';

/**
 * The arguments of a call that adds or removes a listener, where it is not enough that a function which is given may wait;
 * undefined for any other call.
 */
export function withListener(
  callee: unknown,
  self: unknown,
  args: readonly unknown[],
): readonly unknown[] | undefined {
  const [event, listener, ...rest] = args;
  if (isHandler(listener) && isOfEventTarget(callee, self)) return [event, patientHandler(listener), ...rest];
  if (isTypedFunction(listener) && removesListener(callee, self))
    return [event, listenerOf(self as object, event, listener), ...rest];
  return undefined;
}

interface Handler {
  readonly handleEvent: unknown;
}

const patientHandlers = withOwnMethods(new WeakMap<object, Handler>());

function isHandler(value: unknown): value is Handler {
  return (
    !isPrimitive(value) &&
    typeof value !== 'function' &&
    !types.isProxy(value) &&
    isTypedFunction(Reflect.get(value as object, 'handleEvent'))
  );
}

/** An object in the place of one that was typed, whose method can wait. Always the same, so that it can be removed. */
function patientHandler(handler: Handler): Handler {
  const made = patientHandlers.get(handler) ?? {
    handleEvent: (...args: unknown[]): unknown =>
      Reflect.apply(patient(handler.handleEvent) as Callback, handler, args),
  };
  patientHandlers.set(handler, made);
  return made;
}

/** What an emitter was given for a typed function, which it looks for, also in what it makes of a listener for one event. */
function listenerOf(emitter: object, event: unknown, listener: object): unknown {
  const made = patient(listener);
  const all = (Reflect.get(emitter, 'rawListeners') ?? Reflect.get(emitter, 'listeners')) as Callback;
  const has = (each: unknown) => each === made || (each as Partial<Listener>).listener === made;
  return some(Reflect.apply(all, emitter, [event]) as unknown[], has) ? made : listener;
}

interface Listener {
  readonly listener: unknown;
}
