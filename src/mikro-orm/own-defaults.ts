import { isRaw, type MikroORM } from '@mikro-orm/core';

/**
 * Gives each new object a default of its own, where that is a list or an object. MikroORM gives all of them the same one, and
 * what was put into the list of one object was written of all.
 */
export function copyDefaults(orm: MikroORM): void {
  for (const meta of orm.getMetadata().getAll().values())
    for (const prop of meta.props) {
      const value: unknown = prop.default;
      if (typeof value !== 'object' || value === null || isRaw(value)) continue;
      Object.defineProperty(prop, 'default', {
        get: () => structuredClone(value),
        enumerable: true,
        configurable: true,
      });
    }
}
