import { hasRow, metaOf } from '../mikro-orm/entity-state.ts';
import { fieldsOf } from '../mikro-orm/kept-values.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { revert } from '../mikro-orm/revert.ts';
import { changedFieldsOf, type StagedFields } from './staged-fields.ts';

interface Assigned {
  readonly before: unknown;
  /** Whether that was staged, and so is not what the row holds. */
  readonly wasStaged: boolean;
  readonly value: unknown;
}

export type Assignments = Iterable<readonly [entity: object, fields: ReadonlyMap<string, Assigned>]>;

/** What hooks and subscribers assigned in flushes that went through. If those are undone, it is as if they had not run. */
export class HookAssignments {
  readonly #fields = new Map<object, Map<string, Assigned>>();

  record(assignments: Assignments): void {
    for (const [entity, fields] of assignments) {
      const known = this.#fields.get(entity) ?? new Map<string, Assigned>();
      this.#fields.set(entity, known);
      for (const [name, later] of fields) {
        const first = known.get(name);
        // What was assigned between by somebody else is staged again.
        const follows = first !== undefined && first.value === later.before;
        known.set(name, follows ? { ...first, value: later.value } : later);
      }
    }
  }

  absorb(later: HookAssignments): void {
    this.record(later.#fields);
  }

  /** Takes back what is still there. */
  takeBack(em: SqlEm): void {
    for (const [entity, fields] of this.#fields) {
      const present = [...fields].filter(([name, { value }]) => Reflect.get(entity, name) === value);
      const isNew = !hasRow(entity);
      const names = new Set(present.map(([name]) => name));
      if (!isNew)
        revert(
          em,
          entity,
          changedFieldsOf(em, entity).filter(name => !names.has(name)),
        );
      for (const [name, { before, wasStaged }] of present)
        if (isNew || wasStaged) Reflect.set(entity, name, before);
    }
  }
}

/** Remembers what fields hold. @returns what has been assigned to them since, by other code than the flush under way */
export function watchFields(entities: Iterable<object>, staged: StagedFields): () => Assignments {
  const held = Array.from(entities, entity => {
    const names = fieldsOf(entity).filter(name => !isOfDatabase(entity, name));
    return { entity, names, values: names.map(name => Reflect.get(entity, name) as unknown) };
  });
  return () =>
    held.flatMap(({ entity, names, values }) => {
      const fields = new Map<string, Assigned>();
      names.forEach((name, i) => {
        const value: unknown = Reflect.get(entity, name);
        if (value === values[i]) return;
        const wasStaged = staged.get(entity)?.includes(name) === true;
        fields.set(name, { before: values[i], wasStaged, value });
      });
      return fields.size === 0 ? [] : [[entity, fields] as const];
    });
}

/** Whether a flush itself fills a field. */
function isOfDatabase(entity: object, name: string): boolean {
  const { primaryKeys, versionProperty } = metaOf(entity);
  return primaryKeys.includes(name) || name === versionProperty;
}
