import { dirname } from 'node:path';
import { MikroscopeError } from '../errors.ts';
import type { Place } from './place.ts';

/** Lets no driver create a database file (or directory, PGlite) before createAll() does. */
export class FileGuard {
  /** Whether SQLite reads the database in this process, be it a file or in memory. */
  readonly isLocal: boolean;
  readonly #place: Place;
  readonly #exists: (path: string) => boolean;
  #mustExist = true;

  static async for(place: Place): Promise<FileGuard> {
    const { fs } = await import('@mikro-orm/core/fs-utils');
    // It would take some characters for a pattern.
    const literal = (path: string) => path.replaceAll(/[*?[]/g, '[$&]');
    return new FileGuard(place, path => fs.pathExists(literal(path)) || fs.pathExists(`${literal(path)}/.`));
  }

  private constructor(place: Place, exists: (path: string) => boolean) {
    this.#place = place;
    this.#exists = exists;
    this.isLocal = /sqlite|libsql/.test(place.dialect) && place.host === undefined;
  }

  readonly allowCreate = (): void => void (this.#mustExist = false);

  /** The options of a connection that is about to be opened. @throws MikroscopeError `MissingDatabase` */
  guarding(options: object): object {
    const { file, name } = this.#place;
    if (this.#mustExist && file !== undefined && !this.#exists(this.#witness(file))) {
      const folder = dirname(file);
      if (!this.#exists(folder)) {
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
  mayCome(error: unknown): boolean {
    return (
      error instanceof MikroscopeError && error.code === 'MissingDatabase' && this.#place.file !== undefined
    );
  }

  /** An empty directory is no database yet; one with other files in it is none either, and PGlite says so. */
  #witness(file: string): string {
    return this.#place.dialect === 'pglite' ? `${file}/PG_VERSION` : file;
  }
}
