import type { EntityMetadata, EntityProperty } from '@mikro-orm/core';
import { isFieldKnown, metaOf } from './entity-state.ts';
import { unloadLazyField } from './lazy-fields.ts';

/** The fields of a class that the database computes whenever it reads a row, and that are in no column. */
interface Formulas {
  readonly lazy: readonly string[];
  /** The names of those that are read with the row, and of the embedded objects which such are parts of. */
  readonly withRow: ReadonlySet<string>;
}

const classes = new WeakMap<EntityMetadata, Formulas>();

/** Makes the next look at the lazy formulas of an entity read them again. @returns whether others are read with its row */
export function unloadLazyFormulas(entity: object): boolean {
  const { lazy, withRow } = formulasOf(metaOf(entity));
  // One that was first read after a flush that is undone is there, and is not noted as loaded any more.
  for (const name of lazy) if (isFieldKnown(entity, name)) unloadLazyField(entity, name);
  return withRow.size > 0;
}

/** Whether a property shows what the database computes whenever it reads the row, or a part of it does. */
export function showsFormula(entity: object, name: string): boolean {
  return formulasOf(metaOf(entity)).withRow.has(name);
}

function formulasOf(meta: EntityMetadata): Formulas {
  let found = classes.get(meta);
  if (found === undefined) {
    const [lazy, others] = [true, false].map(isLazy =>
      meta.props.filter(prop => prop.formula !== undefined && (prop.lazy === true) === isLazy),
    ) as [EntityProperty[], EntityProperty[]];
    const withRow = new Set(others.flatMap(prop => namesOf(meta, prop)));
    classes.set(meta, (found = { lazy: lazy.map(({ name }) => name), withRow }));
  }
  return found;
}

/** The name of a property, and those of the embedded objects that it is in. */
function namesOf(meta: EntityMetadata, { name, embedded }: EntityProperty): readonly string[] {
  return embedded === undefined
    ? [name]
    : [name, ...namesOf(meta, Reflect.get(meta.properties, embedded[0]))];
}
