import { dirname } from 'node:path';
import { MikroscopeError } from '../errors.ts';
import type { Location } from './location.ts';

/** Lets no driver create a database file (or directory, PGlite) before createAll() does. */
export class FileGuard {
  /** Whether SQLite reads the database in this process, be it a file or in memory. */
  readonly isLocal: boolean;
  readonly #place: Location;
  readonly #find: (pattern: string) => boolean;
  #mustExist = true;
  #staysMissing = false;

  static async for(place: Location): Promise<FileGuard> {
    const { fs } = await import('@mikro-orm/core/fs-utils');
    return new FileGuard(place, pattern => fs.pathExists(pattern));
  }

  private constructor(place: Location, find: (pattern: string) => boolean) {
    this.#place = place;
    this.#find = find;
    this.isLocal = /sqlite|libsql/.test(place.dialect) && place.host === undefined;
  }

  readonly allowCreate = (): void => void (this.#mustExist = false);

  /** Lets no connection be opened from now on, whoever creates the file. */
  stayMissing(): void {
    this.#staysMissing = true;
  }

  /** The options of a connection that is about to be opened. @throws MikroscopeError `MissingDatabase` */
  guarding(options: object): object {
    const { dialect, file, name } = this.#place;
    // PGlite would make a database among other files.
    if (dialect === 'pglite' && file !== undefined && this.#isOther(file)) {
      throw new MikroscopeError(
        'CannotConnect',
        `'${name}' is not a PGlite database`,
        'Name its directory, or one that is empty.',
      );
    }
    if (
      file !== undefined &&
      (this.#staysMissing || (this.#mustExist && !this.#exists(this.#witness(file))))
    ) {
      const folder = dirname(file);
      if (!this.#isDirectory(folder)) {
        throw new MikroscopeError(
          'CannotConnect',
          `There is no directory '${folder}' for the database '${name}'`,
          'Create it, or name another file.',
        );
      }
      throw new MikroscopeError(
        'MissingDatabase',
        `The database '${name}' does not exist yet`,
        'createAll() creates it.',
      );
    }
    return options;
  }

  /** Whether the error only says that there is no database yet, where createAll() could make one. */
  isMissingButCreatable(error: unknown): boolean {
    return (
      error instanceof MikroscopeError && error.code === 'MissingDatabase' && this.#place.file !== undefined
    );
  }

  #isOther(directory: string): boolean {
    if (!this.#exists(directory) || this.#exists(this.#witness(directory))) return false;
    return !this.#isDirectory(directory) || this.#find(`${literal(directory)}/*`);
  }

  #exists(path: string): boolean {
    return this.#find(literal(path));
  }

  /** Of a name that could be a pattern only files are found: it gets the benefit of the doubt. */
  #isDirectory(path: string): boolean {
    return literal(path) !== path || this.#find(`${path}/.`);
  }

  /** What is there if the database is. */
  #witness(file: string): string {
    return this.#place.dialect === 'pglite' ? `${file}/PG_VERSION` : file;
  }
}

function literal(path: string): string {
  return path.replaceAll(/[*?[]/g, '[$&]');
}
