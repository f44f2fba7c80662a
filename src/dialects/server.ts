import type { Connection, MikroORM } from '@mikro-orm/core';
import { driverOptionText } from './driver-options.ts';
import type { Location } from './location.ts';

/** What all databases share that run on a server. */
export const server = {
  isEmbedded: false,
  isExclusive: false,
  tracksTransactions: false,
  probe: () => 'select 1',
} as const;

/** @param dialect the name of it */
export function locateServer(dialect: string, orm: MikroORM, replica?: Connection): Location {
  const text = (option: string) => driverOptionText(orm, option, replica);
  const url = connectionUrl(replica ?? orm.driver.getConnection(), text('connectionString') ?? text('uri'));
  const host = text('host') ?? text('socketPath') ?? url.host;
  const user = text('user') ?? url.user;
  const name = text('database') ?? url.name;
  return {
    url: `${dialect}://${user && `${user}@`}${host}/${name}`,
    name,
    host,
    user,
    file: undefined,
  };
}

/** Host, user and name as they are used, whether a URL or single options give them. */
function connectionUrl(connection: Connection, given: string | undefined) {
  if (given !== undefined && URL.canParse(given)) {
    const url = new URL(given);
    return {
      host: url.host,
      user: decodeURIComponent(url.username),
      name: decodeURIComponent(url.pathname.slice(1)),
    };
  }
  const {
    host = '',
    port,
    user = '',
    database = '',
  } = connection.getConnectionOptions() as Record<string, string>;
  return { host: port ? `${host}:${port}` : host, user, name: database };
}
