import { type Call, isPartOfCall } from './around-calls.ts';
import type { SqlEm } from './orm.ts';
import { quietlyIn } from './watchers.ts';

/** What asks for rows, and flushes before it does. */
const ASKING =
  /^(?:count(?:By)?|find(?:One)?|populate|get(?:Count|ResultAndCount|ResultList|SingleResult)|stream)$/;

/**
 * Has an EntityManager flush before it is asked for rows, where anything is to be written and nobody has said otherwise with
 * a flush mode. MikroORM does so only where something of the class that is asked for was persisted or removed: not where it was
 * changed, for what a query joins, or before a query builder counts or streams.
 *
 * @returns what is to be called before each call
 */
export function flushFirst(em: SqlEm, isPending: () => boolean): (call: Call) => Promise<void> | undefined {
  em.getUnitOfWork().shouldAutoFlush = () => !isPartOfCall(em) && quietlyIn(em, isPending);
  return ({ name, args, builder }) => {
    const [meta] = em.getMetadata().getAll().values();
    if (!ASKING.test(name) || meta === undefined) return undefined;
    const { flushMode } = (builder?.state ?? Object(args[2])) as Parameters<SqlEm['tryFlush']>[1];
    // Of which class does not matter any more.
    return em.tryFlush(meta.class, flushMode === undefined ? {} : { flushMode });
  };
}
