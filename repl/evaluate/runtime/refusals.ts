import { refusePromise } from './coroutine.ts';
import { some, Symbol } from './language.ts';
import type { LazySource } from './lazy-source.ts';
import { isPromise, settled } from './values.ts';

/** What must not be given to JavaScript's own functions, which would take it for something else. */
export function createRefusals(source: LazySource, waits: boolean) {
  return {
    /** What becomes of promises that would be computed with. Where nothing can wait they are an error. */
    settled(
      values: readonly unknown[],
      callSite: string,
      isUsed: (value: unknown) => value is Promise<unknown> = isPromise,
    ): Promise<unknown[]> {
      const refuse = (): Error => source.cannotWait(`What ${callSite} is given`);
      if (!waits) some(values, value => isUsed(value) && refusePromise(value, refuse));
      return settled(values, isUsed);
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
