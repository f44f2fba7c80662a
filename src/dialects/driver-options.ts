import type { MikroORM } from '@mikro-orm/core';
import { driverOptionsOf } from '../mikro-orm/connections.ts';

/** What a configuration gives to its driver under a name. */
export function driverOption(orm: MikroORM, name: string): unknown {
  return Reflect.get(driverOptionsOf(orm), name);
}

/** The same, if it is a text. */
export function driverOptionText(orm: MikroORM, name: string): string | undefined {
  const value = driverOption(orm, name);
  return typeof value === 'string' ? value : undefined;
}
