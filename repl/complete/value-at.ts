import { types } from 'node:util';
import type { CompletionContext } from './source.ts';

/**
 * The value at a path of names, if it can be read without running code: no getter and no proxy runs.
 *
 * @returns undefined if there is none
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

/** Yields a value and its prototypes, nearest first, as far as reading them runs no code. */
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

/** Whether reading a value runs no code of the user's: only the shell's own proxies are known to be harmless. */
function isTransparent(value: unknown, { scope }: CompletionContext): boolean {
  return !types.isProxy(value) || scope.provides(value);
}
