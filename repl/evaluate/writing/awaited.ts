import { type Position, used } from './position.ts';
import { madeUp, runtimeAt } from './compiled-names.ts';

/**
 * Code whose value may be a promise, which is waited for before the expression goes on.
 *
 * @param typed what was typed, for the error where nothing can wait
 * @param isRead whether it is read somewhere, and may be a promise that typed code keeps there to settle it later
 */
export function awaited(code: string, at: Position, typed: string, isRead = false): string {
  if (at.purpose === 'promise' || at.purpose === 'promises') return code;
  if (at.purpose === 'show' || at.purpose === 'copy' || at.purpose === 'number')
    return fresh(code, at.purpose, at, typed);
  if (at.purpose === 'item' && at.waiting === 'pause')
    return pausing(code, isRead ? 'isUnkept' : 'isGiven', at, typed);
  if (at.waiting !== 'await' && (at.purpose === 'use' || at.purpose === 'item'))
    return usable(code, isRead ? at : used(at), typed);
  if (at.waiting === 'never') return code;
  const value = `${madeUp}t`;
  at.temporaries.add(value);
  const runtime = runtimeAt(at);
  const wait = at.waiting === 'await' ? 'await' : 'yield';
  const isWaitedFor = `${runtime}.${at.purpose === 'use' ? 'isPromise' : isRead ? 'isLoading' : 'isPending'}`;
  return `(${value} = ${code}, ${isWaitedFor}(${value}) ? ${runtime}.resume(${wait} ${value}) : ${value})`;
}

/** Code whose value is looked into: what has expired in it is loaded again first. */
export function fresh(
  code: string,
  purpose: 'show' | 'copy' | 'number',
  at: Position,
  typed: string,
): string {
  const method = `${runtimeAt(at)}.${purpose === 'copy' ? 'copied' : 'shown'}`;
  if (purpose !== 'number') return usable(`${method}(${code})`, used(at), typed);
  // Most of what is computed with are numbers or texts already.
  const value = `${madeUp}t`;
  at.temporaries.add(value);
  const isObject = `typeof ${value} === 'object' || typeof ${value} === 'function'`;
  return `(${value} = ${code}, ${isObject} ? ${usable(`${method}(${value})`, used(at), typed)} : ${value})`;
}

/** Code whose value is used: it is waited for if it is a promise, and an error where nothing can wait. */
export function usable(code: string, at: Position, typed: string): string {
  const runtime = runtimeAt(at);
  const isItem = at.purpose === 'item';
  if (at.waiting === 'await')
    return awaited(code, { ...at, purpose: isItem ? 'keep' : 'use' }, typed, isItem);
  if (at.waiting === 'never')
    return `${runtime}.${isItem ? 'asItem' : 'used'}(${code}, ${JSON.stringify(typed)})`;
  return pausing(code, isItem ? 'isUnkept' : 'isPromise', at, typed);
}

/** @param isUsed asks the runtime whether a value is a promise that is waited for */
function pausing(
  code: string,
  isUsed: 'isPromise' | 'isUnkept' | 'isGiven',
  at: Position,
  typed: string,
): string {
  const runtime = runtimeAt(at);
  const value = `${madeUp}t`;
  at.temporaries.add(value);
  return `(${value} = ${code}, ${runtime}.${isUsed}(${value}) ? ${runtime}.resume(yield ${runtime}.used(${value}, ${JSON.stringify(typed)})) : ${value})`;
}

/** The name of a temporary that no other expression of the function uses. */
export function temporary(at: Position): string {
  return at.temporaries.take(`${madeUp}t`);
}

/** Declares temporaries at the end of a body, where they change neither the lines nor the directives. */
export function withTemporaries(body: string, temporaries: ReadonlySet<string>): string {
  return temporaries.size === 0 ? body : body.replace(/\}$/, `; var ${[...temporaries].join(', ')}; }`);
}
