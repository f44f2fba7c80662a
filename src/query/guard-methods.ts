import { MikroscopeError } from '../errors.ts';

/**
 * Makes the methods of a class say so in words where they are called without an object of it, as by `[1].map(query.get)`, and
 * where code that was not written for a query walks one as a list. Its type tells TypeScript of neither.
 */
export function guardMethods(prototype: object, isOwn: (value: unknown) => boolean): void {
  for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    const method: unknown = property.value;
    if (typeof method !== 'function' || name === 'constructor') continue;
    const guarded = function (this: unknown, ...args: unknown[]): unknown {
      if (isOwn(this)) return Reflect.apply(method, this, args);
      const value = method.length > 0 ? 'value' : '';
      throw new MikroscopeError(
        'BadArgument',
        `${name}() of a query was called without the query`,
        `To hand it over, write ${value || '()'} => query.${name}(${value}), with your query.`,
      );
    };
    Object.defineProperties(guarded, { name: { value: name }, length: { value: method.length } });
    Object.defineProperty(prototype, name, { ...property, value: guarded });
  }
  const value = (): never => {
    throw new MikroscopeError(
      'InvalidQuery',
      'A query is no list: its rows are not loaded yet',
      'all() loads them: hand over query.all(). for await (const row of query) reads them in batches.',
    );
  };
  Object.defineProperty(prototype, Symbol.iterator, { value, configurable: true, writable: true });
}
