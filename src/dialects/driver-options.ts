import type { Connection, MikroORM } from '@mikro-orm/core';
import { driverOptionsOf } from '../mikro-orm/connections.ts';

/** What a configuration gives to its driver under a name, for the connection that writes or a replica. */
export function driverOption(orm: MikroORM, name: string, replica?: Connection): unknown {
  return Reflect.get(driverOptionsOf(orm, replica), name);
}

/** The same, if it is a text. */
export function driverOptionText(orm: MikroORM, name: string, replica?: Connection): string | undefined {
  const value = driverOption(orm, name, replica);
  return typeof value === 'string' ? value : undefined;
}
