import { types } from 'node:util';
import type { CompletionContext } from './source.ts';

/**
 * The value that a path of names leads to, through values that are there already: a getter does not run.
 *
 * @returns undefined where the path leads to nothing that could be looked at
 */
export function valueAt([first = '', ...rest]: readonly string[], context: CompletionContext): unknown {
  const { scope, session } = context;
  let value: unknown = scope.has(first) ? scope.bindings[first] : dataOf(globalThis, first, context);
  for (const key of rest) {
    value =
      key === 'query' && session.isEntityClass(value) ? session.query(value) : dataOf(value, key, context);
  }
  return value;
}

/** An object and what it inherits from, nearest first, as far as looking at them runs no code. */
export function* owners(value: unknown, context: CompletionContext): Generator<object> {
  if (value === null || value === undefined) return;
  let owner = Object(value) as object | null;
  while (owner && isTransparent(owner, context)) {
    yield owner;
    owner = Object.getPrototypeOf(owner) as object | null;
  }
}

function dataOf(object: unknown, key: string, context: CompletionContext): unknown {
  for (const owner of owners(object, context)) {
    const found = Object.getOwnPropertyDescriptor(owner, key);
    if (found) return found.value;
  }
  return undefined;
}

/** Whether looking at a value runs no code: a proxy of the person's own would have to be asked. */
function isTransparent(value: unknown, { scope }: CompletionContext): boolean {
  return !types.isProxy(value) || scope.provides(value);
}
