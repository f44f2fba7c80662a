import type { MikroscopeError } from '../errors.ts';

/** A database in a file, in a directory (PGlite) or in memory. */
export interface FileUrl {
  readonly driver: string;
  /** `:memory:`, or an absolute path. */
  readonly file: string;
  readonly name: string;
  readonly masked: string;
}

/** A libSQL database on a server. */
export interface RemoteUrl {
  readonly driver: string;
  readonly remote: string;
  readonly authToken: string | undefined;
  readonly host: string;
  readonly name: string;
  readonly masked: string;
}

/** A database on a server. */
export interface ServerUrl {
  readonly driver: string;
  /** With the password, in the driver's own scheme and without what only MikroORM understands. */
  readonly connectionString: string;
  /** With the port, if the URL names one. */
  readonly host: string;
  readonly user: string;
  readonly name: string;
  readonly schema: string | undefined;
  readonly masked: string;
}

/** Where a database is, read from its URL: `driver` is the name of its dialect, `masked` the URL without its password. */
export type DatabaseUrl = FileUrl | RemoteUrl | ServerUrl;

/** A URL as it was typed, taken apart as far as all of them are alike. */
export interface TypedUrl {
  readonly text: string;
  /** In lower case, without the driver that SQLAlchemy puts into it. */
  readonly scheme: string;
  /** What follows the scheme. */
  readonly rest: string;
  /** Where relative paths start. */
  readonly cwd: string;
  /** The error that says what is wrong with the text, without its password. */
  readonly bad: (what: string, hint?: string) => MikroscopeError;
}
