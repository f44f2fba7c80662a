import { dirname } from 'node:path';
import type { Dialect } from '../dialects/dialect.ts';
import type { Location } from '../dialects/location.ts';
import { MikroscopeError } from '../errors.ts';

/** Keeps drivers from creating a database's file or directory before createAll() does. */
export class FileGuard {
  readonly #dialect: Dialect;
  readonly #place: Location;
  readonly #find: (pattern: string) => boolean;
  #mustExist = true;
  #staysMissing = false;

  static async for(dialect: Dialect, place: Location): Promise<FileGuard> {
    const { fs } = await import('@mikro-orm/core/fs-utils');
    return new FileGuard(dialect, place, pattern => fs.pathExists(pattern));
  }

  private constructor(dialect: Dialect, place: Location, find: (pattern: string) => boolean) {
    this.#dialect = dialect;
    this.#place = place;
    this.#find = find;
  }

  readonly allowCreate = (): void => void (this.#mustExist = false);

  /** Refuses every connection from now on, even if another program creates the file. */
  stayMissing(): void {
    this.#staysMissing = true;
  }

  get name(): string {
    return this.#place.name;
  }

  /** Whether the file, or directory, is where it was opened; a database in memory always is. */
  isThere(): boolean {
    const { file } = this.#place;
    return file === undefined || this.#exists(this.#marker(file));
  }

  /** The options of a connection that is about to be opened. @throws MikroscopeError `MissingDatabase` */
  guarding(options: object): object {
    const { file, name } = this.#place;
    // The driver would make a database among other files.
    if (file !== undefined && this.#isOther(file)) {
      throw new MikroscopeError(
        'CannotConnect',
        `'${name}' is not a ${this.#dialect.label} database`,
        'Name its directory, or one that is empty.',
      );
    }
    if (file !== undefined && (this.#staysMissing || (this.#mustExist && !this.isThere()))) {
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

  /** Whether the error only says that the database does not exist yet, and createAll() could create it. */
  isMissingButCreatable(error: unknown): boolean {
    return (
      error instanceof MikroscopeError && error.code === 'MissingDatabase' && this.#place.file !== undefined
    );
  }

  /** Whether a database that is a directory would be made where something else is. */
  #isOther(directory: string): boolean {
    if (this.#dialect.markerFile === undefined || !this.#exists(directory)) return false;
    if (this.#exists(this.#marker(directory))) return false;
    return !this.#isDirectory(directory) || this.#find(`${literal(directory)}/*`);
  }

  #exists(path: string): boolean {
    return this.#find(literal(path));
  }

  /** A name that could be a pattern finds files only, and gets the benefit of the doubt. */
  #isDirectory(path: string): boolean {
    return literal(path) !== path || this.#find(`${path}/.`);
  }

  #marker(file: string): string {
    return this.#dialect.markerFile?.(file) ?? file;
  }
}

function literal(path: string): string {
  return path.replaceAll(/[*?[]/g, '[$&]');
}
