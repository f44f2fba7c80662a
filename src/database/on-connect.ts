import type { MikroORM } from '@mikro-orm/core';

type Create = (options: object) => unknown;

/**
 * Changes the options with which MikroORM opens its connections, whoever gave them and however often it reconnects.
 * A Kysely instance that a configuration brings along is open already, and is not changed.
 */
export function onConnect(orm: MikroORM, change: (options: object) => object): void {
  const replicas = Reflect.get(orm.driver, 'replicas') as readonly object[] | undefined;
  for (const connection of [orm.driver.getConnection('write'), ...(replicas ?? [])]) {
    const create = Reflect.get(connection, 'createKyselyDialect') as Create;
    Reflect.set(connection, 'createKyselyDialect', (options?: object) =>
      Reflect.apply(create, connection, [change(options ?? {})]),
    );
  }
}
