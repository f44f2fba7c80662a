import type { MikroORM } from '@mikro-orm/core';

/** Whether all that is sent to a server shares one connection, as the configuration's pool has no more. */
export function isPoolOfOne({ config }: MikroORM): boolean {
  const { pool, driverOptions, replicas = [] } = config.getAll();
  const { connectionLimit, max } = Object(driverOptions) as { connectionLimit?: number; max?: number };
  return replicas.length === 0 && (connectionLimit ?? max ?? pool?.max) === 1;
}
