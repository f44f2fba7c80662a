import type { Shell } from '../shell.ts';

/**
 * What could stand at the end of a line. Nothing is evaluated for it, no getter runs and no database is asked.
 *
 * @returns the candidates, and the part of the line that they replace
 */
export function complete(line: string, shell: Shell): [candidates: string[], typed: string] {
  const path = /[\w$]+(?:\.[\w$]*)*$/.exec(line)?.[0] ?? '';
  const parts = path.split('.');
  const typed = parts.pop() ?? '';
  const names = parts.length === 0 ? shell.scope.names() : membersOf(resolve(parts, shell), shell);
  const candidates = [...new Set(names)].filter(name => name.startsWith(typed) && /^[\w$]+$/.test(name));
  return [candidates.toSorted(), typed];
}

/** The object that a path leads to, through values that are there: a getter is not run. */
function resolve([first = '', ...rest]: readonly string[], { scope, session }: Shell): unknown {
  let value: unknown = scope.has(first) ? scope.bindings[first] : valueOf(globalThis, first);
  for (const key of rest) {
    value = key === 'query' && session.isEntityClass(value) ? session.query(value) : valueOf(value, key);
  }
  return value;
}

function valueOf(object: unknown, key: string): unknown {
  for (
    let owner = Object(object) as object | null;
    owner && object != null;
    owner = Object.getPrototypeOf(owner) as object
  ) {
    const found = Object.getOwnPropertyDescriptor(owner, key);
    if (found) return found.value;
  }
  return undefined;
}

function membersOf(value: unknown, { session }: Shell): string[] {
  if (value === null || value === undefined) return [];
  const names = session.isEntityClass(value) ? ['query'] : [];
  for (let owner = Object(value) as object | null; owner && owner !== Object.prototype;) {
    names.push(
      ...Object.getOwnPropertyNames(owner).filter(name => !name.startsWith('__') && name !== 'constructor'),
    );
    owner = Object.getPrototypeOf(owner) as object | null;
  }
  return names;
}
