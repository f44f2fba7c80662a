import type { Dialect } from './dialect.ts';
import { mysqlFamily } from './mysql-family/mysql-family.ts';
import { locateServer } from './server.ts';
import { parseServerUrl } from './parse-server-url.ts';

/** MySQL, by mysql2. */
export const mysql = {
  ...mysqlFamily,
  name: 'mysql',
  label: 'MySQL',
  schemes: ['mysql'],
  urlForm: 'mysql://USER:PASSWORD@HOST/NAME',
  parseUrl: typed => parseServerUrl('mysql', typed),
  locate: (orm, replica) => locateServer('mysql', orm, replica),
} as const satisfies Dialect;
