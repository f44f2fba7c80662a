import { invalidReferences } from '../mikro-orm/changed-fields.ts';
import { setPastSetter } from '../mikro-orm/entity-state.ts';

/**
 * Takes what is no target out of the relations of entities that are to be removed, which MikroORM would make a reference of.
 *
 * @returns puts it back
 */
export function hideInvalid(removed: readonly object[]): () => void {
  const hidden = removed.flatMap(entity =>
    invalidReferences(entity).map(
      ({ name }) => [entity, name, Reflect.get(entity, name) as unknown] as const,
    ),
  );
  for (const [entity, name] of hidden) setPastSetter(entity, name, undefined);
  return () => {
    for (const [entity, name, value] of hidden) setPastSetter(entity, name, value);
  };
}
