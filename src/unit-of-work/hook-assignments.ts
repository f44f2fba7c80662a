import { hasRow, metaOf } from '../mikro-orm/entity-state.ts';
import {
  fieldsOf,
  type Held,
  holdAgain,
  holding,
  isSameHeld,
  isStillHeld,
} from '../mikro-orm/kept-values.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { revert } from '../mikro-orm/revert.ts';
import { changedFieldsOf, type StagedFields } from './staged-fields.ts';

interface Assigned {
  readonly before: Held;
  /** Whether that was staged, and so is not what the row holds. */
  readonly wasStaged: boolean;
  readonly now: Held;
}

export type Assignments = Iterable<readonly [entity: object, fields: ReadonlyMap<string, Assigned>]>;

/**
 * What hooks and subscribers assigned, or changed in place, in flushes that went through. If those are undone, it is as if
 * they had not run.
 */
export class HookAssignments {
  readonly #fields = new Map<object, Map<string, Assigned>>();

  record(assignments: Assignments): void {
    for (const [entity, fields] of assignments) {
      const known = this.#fields.get(entity) ?? new Map<string, Assigned>();
      this.#fields.set(entity, known);
      for (const [name, later] of fields) {
        const first = known.get(name);
        // What was assigned between by somebody else is staged again.
        const follows = first !== undefined && isSameHeld(first.now, later.before);
        known.set(name, follows ? { ...first, now: later.now } : later);
      }
    }
  }

  absorb(later: HookAssignments): void {
    this.record(later.#fields);
  }

  /** Takes back what is still there. */
  takeBack(em: SqlEm): void {
    for (const [entity, fields] of this.#fields) {
      const present = [...fields].filter(([name, { now }]) => isStillHeld(entity, name, now));
      const isNew = !hasRow(entity);
      const names = new Set(present.map(([name]) => name));
      if (!isNew)
        revert(
          em,
          entity,
          changedFieldsOf(em, entity).filter(name => !names.has(name)),
        );
      for (const [name, { before, wasStaged }] of present)
        if (isNew || wasStaged) holdAgain(entity, name, before);
    }
  }
}

/** Remembers what fields hold. @returns what of them has changed since, by other code than the flush under way */
export function watchFields(entities: Iterable<object>, staged: StagedFields): () => Assignments {
  const held = Array.from(entities, entity => {
    const names = fieldsOf(entity).filter(name => !isOfDatabase(entity, name));
    return { entity, fields: names.map(name => [name, holding(entity, name)] as const) };
  });
  return () =>
    held.flatMap(({ entity, fields }) => {
      const assigned = new Map<string, Assigned>();
      for (const [name, before] of fields) {
        if (isStillHeld(entity, name, before)) continue;
        const now = holding(entity, name);
        const wasStaged = staged.get(entity)?.includes(name) === true;
        assigned.set(name, { before, wasStaged, now });
      }
      return assigned.size === 0 ? [] : [[entity, assigned] as const];
    });
}

/** Whether a flush itself fills a field. */
function isOfDatabase(entity: object, name: string): boolean {
  const { primaryKeys, versionProperty } = metaOf(entity);
  return primaryKeys.includes(name) || name === versionProperty;
}
