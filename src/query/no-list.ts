import { MikroscopeError } from '../errors.ts';

/** What lists have and queries do not. */
export function noList(what: string): MikroscopeError {
  return new MikroscopeError(
    'InvalidQuery',
    `A query has no ${what}: its rows are not loaded yet`,
    what === 'items' ? 'first() gives the first row, all() all of them.' : hintFor(what),
  );
}

function hintFor(what: string): string {
  return what.endsWith('()')
    ? `all() loads them: write all().${what.slice(0, -1)}…).`
    : 'count() counts its rows, all() loads them.';
}

const methods = new Set(
  Object.getOwnPropertyNames(Array.prototype).filter(
    name => !(name in Object.prototype) && name !== 'length',
  ),
);

/** @returns what of a list a key means: its length, an item or a method; undefined for any other key */
export function partOfList(key: PropertyKey): string | undefined {
  if (key === 'length') return key;
  if (typeof key === 'number') return 'items';
  if (typeof key !== 'string') return undefined;
  if (key >= '0' && key < ':') return 'items';
  return methods.has(key) ? `${key}()` : undefined;
}
