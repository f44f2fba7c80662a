import type { Connection, MikroORM, Options } from '@mikro-orm/core';
import type { JsonPart, JsonPartIs } from '../mikro-orm/json-parts.ts';
import type { Layer } from '../mikro-orm/interceptor.ts';
import type { Condition } from '../sql/conditions.ts';
import type { SqlStatement } from '../sql/statement.ts';
import type { SqlFamily } from '../sql/token.ts';
import type { ValueLimits } from '../entity/values/kind.ts';
import type { DatabaseUrl, TypedUrl } from './database-url.ts';
import type { DriverError, Failure } from './failure.ts';
import type { Location } from './location.ts';
import type { ReadOnlyGuard } from './read-only-guard.ts';
import type { Run, Sandbox } from './sandbox.ts';
import type { ReadViolation } from './violation.ts';

/**
 * A kind of database: everything in which it differs from the others. Each is a file of this folder, and `index.ts`
 * lists them; what several share is a file or folder named after the family.
 *
 * The idea is Kysely's: https://kysely-org.github.io/kysely-apidoc/interfaces/Dialect.html
 */
export interface Dialect {
  /** MikroORM's name for it: of the package `@mikro-orm/NAME` and of the driver in it. */
  readonly name: string;
  /** Its own name, as people write it. */
  readonly label: string;
  /** How its SQL is read. */
  readonly family: SqlFamily;

  /** The schemes of its URLs; one with a driver in it, such as `sqlite+libsql`, goes before one without. */
  readonly schemes: readonly string[];
  /** How its URLs are written, for hints. */
  readonly urlForm: string;
  /** Reads a URL that has one of its schemes. @throws MikroscopeError `BadArgument` */
  parseUrl(typed: TypedUrl): DatabaseUrl;
  /** MikroORM's options for what `parseUrl` returned. */
  connectionOptions(url: DatabaseUrl): Partial<Options>;
  /** Where the database of a configuration is, or a replica of it. @throws Error if its URL cannot be read */
  locate(orm: MikroORM, replica?: Connection): Location;
  /** The file that is there if the database is; without it, the database is a file itself. */
  markerFile?(directory: string): string;
  /** The first query, which fails if the database cannot be used. */
  probe(place: Location): string;

  /** Whether it runs in this process, where a session has one connection. */
  readonly isEmbedded: boolean;
  /** Whether a database can be open only once at a time. */
  readonly isExclusive: boolean;
  /** Whether CREATE, ALTER and DROP commit the open transaction. */
  readonly commitsAtDdl: boolean;
  /** Whether its driver keeps track of transactions by itself, and loses track when SQL begins or ends one. */
  readonly tracksTransactions: boolean;
  /** Whether its pool keeps connections that died inside a transaction; their client is pg's. */
  readonly keepsDeadConnections: boolean;
  /** Whether its driver takes a function that opens its sockets, by which they can be ended. */
  readonly takesSockets?: boolean;
  /** Whether an UPDATE reads in one column what it has assigned to another. */
  readonly assignsInTurn: boolean;
  /** Whether it has ON DUPLICATE KEY UPDATE for what others say with ON CONFLICT. */
  readonly upsertsByDuplicateKey: boolean;
  /** Whether an OFFSET needs a LIMIT. */
  readonly offsetNeedsLimit: boolean;
  /** The driver option with which a configuration hands over a client that is already open. */
  readonly clientOption?: string;
  /** The statement that drops a database of its server, even while others are connected; absent without a server. */
  readonly dropDatabase?: (name: string) => string;

  /** What it keeps of the values that MikroORM sends it. */
  readonly values: ValueLimits;

  /** Makes its driver read integers exactly, where it would round them. */
  readonly exactIntegers?: (orm: MikroORM) => Layer;

  /** How the fields of embedded objects in JSON are compared. */
  readonly jsonPart: JsonPart;
  /** How the type of a part of any JSON is told. */
  readonly jsonPartIs: JsonPartIs;

  /**
   * Whether a statement may take rows away that its text does not name, or end the work of others; absent where none does.
   * It is told whether a condition in what the statement defines leaves any row out.
   */
  readonly losesRows?: (statement: SqlStatement, leavesRows: (condition: Condition) => boolean) => boolean;

  /** Whether a statement that fails may leave behind a part of what it wrote; absent where none does. */
  readonly keepsPart?: (statement: SqlStatement, run: Run) => Promise<boolean>;

  /** How it is kept from being written. */
  readonly readOnly: ReadOnlyGuard;
  /** How everything that is written in it is undone at the end. */
  readonly sandbox: Sandbox;

  /** What an error of its driver means, other than a violated constraint; undefined if only its text tells. */
  failureOf(error: DriverError): Failure | undefined;
  /**
   * Whether a statement that failed so has undone its whole transaction, and the next statements run in another one; absent
   * where none does.
   */
  readonly undoesTransaction?: (error: DriverError) => boolean;
  /** Which constraint a failed statement violated; undefined for any other error. */
  readonly violationOf: ReadViolation;
}
