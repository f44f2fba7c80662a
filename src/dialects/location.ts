/** Where a database is, as far as it may be shown. */
export interface Location {
  /** The URL without its password. */
  readonly url: string;
  readonly name: string;
  /** The server, with its port if one is named; undefined for a database of this process. */
  readonly host: string | undefined;
  readonly user: string;
  /** The file or directory; undefined for a database on a server or in memory. */
  readonly file: string | undefined;
}
