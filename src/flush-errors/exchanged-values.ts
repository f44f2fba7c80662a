import { valueAt } from '../entity/properties.ts';
import { isEntity, keyOf, rowSnapshotOf } from '../mikro-orm/entity-state.ts';
import type { AttemptedWrite } from './attempted-writes.ts';

/** Whether objects exchange the value of a field among them. */
export function isExchanged(written: readonly AttemptedWrite[], field: string): boolean {
  const pairs = written.flatMap(([entity, change]) => {
    const before = change === 'changed' ? rowSnapshotOf(entity)?.[field] : undefined;
    const held: unknown = valueAt(entity, field);
    // A row has the key of what is referred to.
    const now: unknown = isEntity(held) ? keyOf(held) : held;
    return before == null || before === now ? [] : [{ before, now }];
  });
  const holders = new Map<unknown, { now: unknown }>(pairs.map(pair => [pair.before, pair]));
  return pairs.some(({ now }) => {
    const holder = holders.get(now);
    // MikroORM withholds the value of one of them, to write it after the other's.
    return holder !== undefined && (holder.now === undefined || holders.has(holder.now));
  });
}
