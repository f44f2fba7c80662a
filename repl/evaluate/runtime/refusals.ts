import { refusePromise } from './coroutine.ts';
import { some, Symbol } from './language.ts';
import type { LazySource } from './lazy-source.ts';
import { isPromise } from './values.ts';

/** What must not be given to JavaScript's own functions, which would take it for something else. */
export function createRefusals(source: LazySource) {
  return {
    /** Where nothing can wait, a promise is an error for what would compute with it. */
    among(values: readonly unknown[], callSite: string): void {
      some(
        values,
        value =>
          isPromise(value) && refusePromise(value, () => source.cannotWait(`What ${callSite} is given`)),
      );
    },
    /** What has to be read before it can be walked is an error where nothing can wait. */
    unread(values: readonly unknown[], callSite: string): void {
      if (some(values, value => source.isQuery(value))) throw source.cannotWait(`What ${callSite} is given`);
      for (let index = 0; index < values.length; index++)
        if (source.isCollection(values[index])) source.readSync(values[index], Symbol.iterator);
    },
    /** The rows of a query are not its properties: the error says so. */
    query(values: readonly unknown[]): void {
      some(values, value => source.isQuery(value) && Boolean(source.readSync(value, 0)));
    },
  };
}
