import type { MikroORM } from '@mikro-orm/core';

/**
 * Compares of a base class that shares its table its own fields alone. MikroORM compares those of its subclasses, too, and
 * gives none of them to its objects: what a row has there, as by a default, would be a change to nothing, and written.
 */
export function compareOwnFields(orm: MikroORM): void {
  for (const meta of orm.getMetadata().getAll().values()) {
    if (meta.inheritanceType !== 'sti' || meta.root !== meta) continue;
    const own = new Set(meta.hydrateProps);
    meta.comparableProps = meta.comparableProps.filter(prop => own.has(prop) || prop.inherited !== true);
  }
}
