import { helper } from '@mikro-orm/core';
import type { SqlEm } from '../mikro-orm/orm.ts';

/** What nobody should see. */
export interface HiddenProperties {
  /** The names of the properties that are never shown. */
  readonly names: ReadonlySet<string>;
  /** The texts that they hold in the objects of a session. */
  readonly values: ReadonlySet<string>;
  /** The names of all properties, which are no secrets even where one of them is somebody's password. */
  readonly words: ReadonlySet<string>;
}

export function hiddenProperties(em: SqlEm): HiddenProperties {
  const props = [...em.getMetadata().getAll().values()].flatMap(meta => meta.props);
  const values = new Set<string>();
  const uow = em.getUnitOfWork();
  for (const entity of [...uow.getIdentityMap(), ...uow.getPersistStack()])
    for (const { name, hidden } of helper(entity).__meta.props) {
      const value: unknown = hidden ? Reflect.get(entity, name) : undefined;
      if (typeof value === 'string') values.add(value);
    }
  return {
    names: new Set(props.filter(({ hidden }) => hidden).map(({ name }) => name)),
    values,
    words: new Set(props.map(({ name }) => name)),
  };
}
