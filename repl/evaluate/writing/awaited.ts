import type { Position } from './position.ts';
import { madeUp, runtime } from './writer.ts';

/** Code that waits for a value if it is a promise, before the expression goes on. */
export function awaited(code: string, at: Position): string {
  if (!at.canAwait || at.wantsPromise) return code;
  const value = `${madeUp}t`;
  at.temporaries.add(value);
  return `(${value} = ${code}, ${runtime}.isPromise(${value}) ? ${runtime}.resume(await ${value}) : ${value})`;
}

/** The name of a temporary that no other expression of the function uses. */
export function temporary(at: Position): string {
  const name = `${madeUp}t${at.temporaries.size}`;
  at.temporaries.add(name);
  return name;
}

/** Declares temporaries at the end of a body, where they change neither the lines nor the directives. */
export function withTemporaries(body: string, temporaries: ReadonlySet<string>): string {
  return temporaries.size === 0 ? body : body.replace(/\}$/, `; var ${[...temporaries].join(', ')}; }`);
}
