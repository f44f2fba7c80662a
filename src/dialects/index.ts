import { MikroscopeError } from '../errors.ts';
import type { Dialect } from './dialect.ts';
import { libsql } from './libsql.ts';
import { mariadb } from './mariadb.ts';
import { mysql } from './mysql.ts';
import { pglite } from './pglite.ts';
import { postgresql } from './postgresql.ts';
import { sqlite } from './sqlite.ts';

/** Every database that mikroscope knows. To add one, write its file and list it here. */
const LIST = [sqlite, postgresql, mysql, mariadb, libsql, pglite] as const;

export type DialectName = (typeof LIST)[number]['name'];

export const dialectNames: readonly DialectName[] = LIST.map(({ name }) => name);

export const dialects: readonly Dialect[] = LIST;

/** @throws TypeError if there is none of this name */
export function dialectNamed(name: string): Dialect {
  const dialect = dialects.find(known => known.name === name);
  if (dialect === undefined) throw new TypeError(`There is no dialect '${name}'`);
  return dialect;
}

/** The dialect of a URL's scheme, such as `postgres` or `sqlite+libsql`; undefined if there is none. */
export function dialectOfScheme(scheme: string, driver: string | undefined): Dialect | undefined {
  const having = (text: string) => dialects.find(({ schemes }) => schemes.includes(text));
  return having(`${scheme}+${driver}`) ?? having(scheme);
}

/**
 * The dialect of one of MikroORM's drivers; a project's own driver is known by the one that it extends.
 *
 * @throws MikroscopeError `UnsupportedDriver`
 */
export function dialectOf(driver: object): Dialect {
  for (let type = driver.constructor; type.name !== ''; type = Object.getPrototypeOf(type) as typeof type) {
    const name = type.name.replace(/Driver$/, '').toLowerCase();
    const dialect = dialects.find(known => known.name === name);
    if (dialect !== undefined) return dialect;
  }
  throw new MikroscopeError(
    'UnsupportedDriver',
    `mikroscope does not know the driver ${driver.constructor.name}`,
    worksWith(),
  );
}

/** A hint that names every database. */
export function worksWith(): string {
  const labels = dialects.map(({ label }) => label);
  return `mikroscope works with ${labels.slice(0, -1).join(', ')} and ${labels.at(-1)}.`;
}
