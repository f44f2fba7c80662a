import type { EntityClass, EntityMetadata, EntityProperty } from '@mikro-orm/core';
import type { SqlEm } from './orm.ts';

/**
 * Lets a relation that a class inherits have the other side that it has in the class that declares it. MikroORM knows of that
 * only there, so that what is assigned to an object of a subclass would not reach the other side.
 */
export function inheritSides(em: SqlEm): void {
  const classes = [...em.getMetadata().getAll().values()];
  for (const meta of classes) {
    let isChanged = false;
    for (const [prop, { declared }] of inheritedBy(em, meta)) {
      if (prop.inversedBy !== undefined || declared.inversedBy === undefined) continue;
      prop.inversedBy = declared.inversedBy;
      isChanged = true;
    }
    if (isChanged) meta.sync();
  }
  for (const meta of classes) {
    for (const [{ name }, { declaring }] of inheritedBy(em, meta)) {
      const accessor = Reflect.get(declaring.definedProperties, name) as PropertyDescriptor | undefined;
      if (accessor?.set === undefined) continue;
      // The one that MikroORM makes of it for the subclass looks for lists of objects of just that.
      Reflect.set(meta.definedProperties, name, accessor);
      Reflect.deleteProperty(meta.prototype, name);
    }
  }
}

interface Origin {
  readonly declaring: EntityMetadata;
  readonly declared: EntityProperty;
}

/** The relations that a class has from others, each with the topmost class that declares it. */
function inheritedBy(em: SqlEm, meta: EntityMetadata): Map<EntityProperty, Origin> {
  const found = new Map<EntityProperty, Origin>();
  for (
    let up = Object.getPrototypeOf(meta.class) as EntityClass<object>;
    typeof up === 'function' && up.name !== '';
    up = Object.getPrototypeOf(up) as EntityClass<object>
  ) {
    const declaring = em.getMetadata().find(up) as EntityMetadata | undefined;
    for (const prop of declaring === undefined ? [] : meta.relations) {
      const declared = Reflect.get(declaring?.properties ?? {}, prop.name) as EntityProperty | undefined;
      // A table that several classes share has in its class what the others declare.
      if (declaring === undefined || declared === undefined || declared.inherited === true) continue;
      if (declared.type === prop.type) found.set(prop, { declaring, declared });
    }
  }
  return found;
}
