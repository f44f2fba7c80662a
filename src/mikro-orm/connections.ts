import type { Connection, MikroORM } from '@mikro-orm/core';

type Create = (options: object) => unknown;

/**
 * Changes the options with which MikroORM opens its connections, whoever gave them and however often it reconnects.
 * A Kysely instance that a configuration brings along is open already, and is not changed.
 */
export function onConnect(orm: MikroORM, change: (options: object, connection: Connection) => object): void {
  for (const connection of connectionsOf(orm)) {
    const create = Reflect.get(connection, 'createKyselyDialect') as Create;
    Reflect.set(connection, 'createKyselyDialect', (options?: object) =>
      Reflect.apply(create, connection, [change(options ?? {}, connection)]),
    );
  }
}

/** The one that writes, and those of the read replicas. */
export function connectionsOf(orm: MikroORM): readonly Connection[] {
  const replicas = Reflect.get(orm.driver, 'replicas') as readonly Connection[] | undefined;
  return [orm.driver.getConnection('write'), ...(replicas ?? [])];
}
