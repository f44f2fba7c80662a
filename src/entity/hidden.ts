import { metaOf } from '../mikro-orm/entity-state.ts';
import { entitiesIn } from '../mikro-orm/identity-map.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { persistedEntities } from '../mikro-orm/staged.ts';

/** The properties that are never shown, such as `password`, and what they hold. */
export interface HiddenProperties {
  /** The names of the properties that are never shown. */
  readonly names: ReadonlySet<string>;
  /** The texts that they hold in the loaded and staged objects of the session. */
  readonly values: ReadonlySet<string>;
  /** The names of all properties. A name is no secret, even if it is also the value of a hidden property. */
  readonly words: ReadonlySet<string>;
}

export function hiddenProperties(em: SqlEm): HiddenProperties {
  const props = [...em.getMetadata().getAll().values()].flatMap(meta => meta.props);
  const values = new Set<string>();
  for (const entity of [...entitiesIn(em), ...persistedEntities(em)])
    for (const { name, hidden } of metaOf(entity).props) {
      const value: unknown = hidden ? Reflect.get(entity, name) : undefined;
      if (typeof value === 'string') values.add(value);
    }
  return {
    names: new Set(props.filter(({ hidden }) => hidden).map(({ name }) => name)),
    values,
    words: new Set(props.map(({ name }) => name)),
  };
}
