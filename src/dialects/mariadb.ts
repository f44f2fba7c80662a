import type { Dialect } from './dialect.ts';
import { mysqlFamily } from './mysql-family/mysql-family.ts';
import { locateServer } from './server.ts';
import { parseServerUrl } from './parse-server-url.ts';

/** MariaDB, by mysql2. */
export const mariadb = {
  ...mysqlFamily,
  name: 'mariadb',
  label: 'MariaDB',
  schemes: ['mariadb'],
  urlForm: 'mariadb://USER:PASSWORD@HOST/NAME',
  parseUrl: typed => parseServerUrl('mariadb', typed),
  locate: (orm, replica) => locateServer('mariadb', orm, replica),
} as const satisfies Dialect;
