import { pathOf, valueAt } from '../entity/properties.ts';
import { metaOf, rowSnapshotOf } from '../mikro-orm/entity-state.ts';
import { uniqueText } from '../mikro-orm/unique-values.ts';
import type { AttemptedWrite } from './attempted-writes.ts';

/** Whether objects exchange the values of fields that are unique together among them. */
export function isExchanged(written: readonly AttemptedWrite[], fields: readonly string[]): boolean {
  const pairs = written.flatMap(([entity, change]) => {
    const row = change === 'changed' ? rowSnapshotOf(entity) : undefined;
    if (row === undefined) return [];
    const before = uniqueText(namesOf(entity, fields).map(name => Reflect.get(row, name)));
    const now = uniqueText(fields.map(field => valueAt(entity, field)));
    return before === undefined || before === now ? [] : [{ before, now }];
  });
  const holders = new Map<unknown, { now: unknown }>(pairs.map(pair => [pair.before, pair]));
  return pairs.some(({ now }) => {
    const holder = holders.get(now);
    // MikroORM withholds the value of one of them, to write it after the other's.
    return holder !== undefined && (holder.now === undefined || holders.has(holder.now));
  });
}

/** What MikroORM calls fields, of which those of embedded objects are named by their paths. */
function namesOf(entity: object, fields: readonly string[]): string[] {
  const meta = metaOf(entity);
  return fields.map(field => meta.props.find(({ name }) => pathOf(meta, name) === field)?.name ?? field);
}
