import type { ChangeSet } from '@mikro-orm/core';
import { metaOf } from './entity-state.ts';
import type { SqlEm } from './orm.ts';
import { replaceMethod } from './replace-method.ts';

type Write = (changes: readonly ChangeSet<object>[], batched: boolean, ...rest: unknown[]) => Promise<void>;

/**
 * Writes rows with `concurrencyCheck()` one by one. Several at once MikroORM compares with what is `null` of them by `=`, so that
 * nothing was written of those, and counts no rows.
 */
export function writeCheckedAlone(em: SqlEm): void {
  const all = [...em.getMetadata().getAll().values()];
  if (all.every(({ concurrencyCheckKeys }) => concurrencyCheckKeys.size === 0)) return;
  const persister = em.getUnitOfWork().getChangeSetPersister();
  replaceMethod<Write>(persister, 'executeUpdates', write => (changes, batched, ...rest) => {
    const isChecked = changes.some(({ meta }) => meta.concurrencyCheckKeys.size > 0);
    return write(changes, batched && !isChecked, ...rest);
  });
}

/**
 * The properties with `concurrencyCheck()` of an object that MikroORM refused to write as none of them is among what was to be
 * written. One that is set to nothing, to 0 or to `false` it takes for one that is not set.
 *
 * @param written the names of the properties that were to be written
 */
export function uncheckedBy(entity: object, written: readonly string[]): readonly string[] | undefined {
  const checked: readonly string[] = [...metaOf(entity).concurrencyCheckKeys];
  if (checked.length === 0 || written.length === 0) return undefined;
  const isSet = (name: string) => written.includes(name) && Boolean(Reflect.get(entity, name));
  return checked.some(isSet) ? undefined : checked;
}
