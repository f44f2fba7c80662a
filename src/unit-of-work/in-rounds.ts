import type { SqlEm } from '../mikro-orm/orm.ts';
import { hasHooks } from '../mikro-orm/project-hooks.ts';
import { changesIn, type EntityChanges, stagedChanges } from './changes.ts';

/**
 * Writes what is staged, and then what hooks and subscribers have staged meanwhile. Where they go on staging changes of the
 * same kinds, as a hook that makes another update of every update does, those stay staged.
 *
 * @param write gives undefined where there is nothing to write
 */
export async function inRounds(
  em: SqlEm,
  write: () => Promise<EntityChanges | undefined>,
): Promise<readonly EntityChanges[]> {
  const written: EntityChanges[] = [];
  const seen = new Set<string>();
  for (;;) {
    const changes = await write();
    if (changes === undefined) return written;
    if (!hasHooks(em)) return [changes];
    // The next round may add to them.
    written.push([...changes]);
    const staged = changesIn([stagedChanges(em)]).map(([change, entity]) => `${change} ${entity}`);
    const kinds = [...new Set(staged)].toSorted().join(', ');
    if (seen.has(kinds)) return written;
    seen.add(kinds);
  }
}
