import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityClass, MikroORM, Options } from '@mikro-orm/core';
import type { DatabaseUrl } from '../dialects/database-url.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { dialectNamed } from '../dialects/index.ts';
import { asDriverError } from '../dialects/failure.ts';
import type { Location } from '../dialects/location.ts';
import { readOnlyError } from '../dialects/read-only-statement.ts';
import type { SqlLog } from '../sql/sql-log.ts';
import { dialectOfConfig } from './dialect-of-config.ts';
import { connectionError, initializationError } from './connection-error.ts';
import { loadDriver } from './load-driver.ts';
import { hidePasswords } from './hide-passwords.ts';
import { keepOwnDatabase } from './own-database.ts';
import { FileGuard } from './file-guard.ts';
import { LostFile } from './lost-file.ts';
import { connectionsOf, interceptConnections, interceptOptions, onOpen } from '../mikro-orm/connections.ts';
import { CommittedWrites } from '../mikro-orm/committed-writes.ts';
import { ControlClients } from '../mikro-orm/control-clients.ts';
import { assertContract } from '../mikro-orm/contract.ts';
import { DeadConnections } from '../mikro-orm/dead-connections.ts';
import { padDecimals } from '../mikro-orm/decimal-digits.ts';
import { keepBigints } from '../mikro-orm/exact-integers.ts';
import { keepAwaitedKeys } from '../mikro-orm/awaited-keys.ts';
import { tellDatesApart } from '../mikro-orm/date-keys.ts';
import { takeWholeKeys } from '../mikro-orm/whole-keys.ts';
import { compareJsonParts } from '../mikro-orm/json-parts.ts';
import { keepOwnErrors } from '../mikro-orm/disguised-errors.ts';
import { implicitCommits } from '../mikro-orm/implicit-commits.ts';
import { Interceptor } from '../mikro-orm/interceptor.ts';
import { copyDefaults } from '../mikro-orm/own-defaults.ts';
import { nulCharacters } from '../mikro-orm/nul-characters.ts';
import type { SqlOrm } from '../mikro-orm/orm.ts';
import { keepHiddenReferences } from '../mikro-orm/hidden-references.ts';
import { writeGivenReferences } from '../mikro-orm/given-references.ts';
import { handOutBuilders } from '../mikro-orm/selection.ts';
import { joinSubclasses } from '../mikro-orm/subclass-joins.ts';
import { leaveOutUnnamedSides } from '../mikro-orm/unnamed-sides.ts';
import { compareOwnFields } from '../mikro-orm/subclass-fields.ts';
import { validateNoListParts } from '../mikro-orm/embedded-parts.ts';
import { readSpreadWhole } from '../mikro-orm/spread-lazy-fields.ts';
import { keepSinceStreams } from '../mikro-orm/streamed-rows.ts';
import { compareColumns } from '../mikro-orm/relation-conditions.ts';
import { emptyAllColumns } from '../mikro-orm/several-classes.ts';
import { refuseUnnamedTargets } from '../mikro-orm/unnamed-targets.ts';
import { strayTransactions } from '../mikro-orm/stray-transactions.ts';
import { Sockets } from '../mikro-orm/sockets.ts';
import { locationOfOrm, locationOfUrl } from './locate.ts';
import { proveReadOnly } from './read-only/prove-read-only.ts';
import { openReadOnly } from './read-only/open-read-only.ts';
import { openSandbox } from './sandbox/open-sandbox.ts';

const closeTimeoutMs = 3000;

/** An open database: the ORM on it, and what may be shown of where it is. */
export interface Database extends Location {
  /** The servers of its read replicas. A statement that writes may be sent there, too. */
  readonly replicaHosts: readonly (string | undefined)[];
  readonly dialect: Dialect;
  readonly orm: SqlOrm;
  readonly readOnly: boolean;
  /** Whether everything that is written is undone at the end. */
  readonly sandbox: boolean;
  /** How many statements have written in the sandbox so far. */
  readonly sandboxWrites: () => number;
  /** How many times a server has committed something so far. */
  readonly committedWrites: () => number;
  /** @throws MikroscopeError `ReadOnly` */
  readonly assertWritable: () => void;
  /** Lets the next connection create the database file; before that, a missing file is an error. */
  readonly allowCreate: () => void;
  /** Gives back connections that died while a transaction held them. */
  readonly releaseDead: () => void;
  /** Ends the connections that are in use, whatever runs on them, where they can be told. */
  readonly cutOff: () => void;
  /** Closes its connections; the next statement opens them again. */
  readonly close: () => Promise<void>;
  /** Sees everything that is sent to the database. */
  readonly interceptor: Interceptor;
}

/** How a database is guarded; one that is read-only needs no sandbox. */
export interface Guarded {
  readonly readOnly?: boolean;
  readonly sandbox?: boolean;
}

/**
 * Opens the database at a URL, with these entities. Only the driver that is needed gets loaded.
 *
 * @throws MikroscopeError if it cannot be reached, or cannot be guarded as `guard` says
 */
export async function openDatabase(
  target: DatabaseUrl,
  entities: readonly EntityClass<object>[],
  log: SqlLog,
  guard: Guarded = {},
): Promise<Database> {
  const dialect = dialectNamed(target.driver);
  const { MikroORM } = await loadDriver(dialect);
  const interceptor = new Interceptor();
  const options = {
    ...dialect.connectionOptions(target),
    ...shared(log, interceptor),
    entities: [...entities],
    discovery: { warnWhenNoEntities: false },
  };
  const orm = await initialize(() => new MikroORM(interceptOptions(options, interceptor)));
  return open(orm, dialect, () => locationOfUrl(target), interceptor, guard);
}

/**
 * Opens the database of a project's own MikroORM configuration.
 *
 * @throws MikroscopeError if mikroscope does not know its driver, if it cannot be reached, or if it cannot be guarded as
 * `guard` says
 */
export async function openConfigured(
  config: Partial<Options>,
  log: SqlLog,
  guard: Guarded,
): Promise<Database> {
  const dialect = dialectOfConfig(config);
  const { MikroORM } = await import('@mikro-orm/core');
  const interceptor = new Interceptor();
  const { replicas, ...one } = config;
  // A replica would not show what is written in the sandbox.
  const chosen = replicas === undefined || guard.sandbox === true ? one : { ...one, replicas };
  const options = interceptOptions({ ...chosen, ...shared(log, interceptor) }, interceptor);
  const orm = await initialize(() => MikroORM.init(options));
  return open(orm, dialect, () => locationOfOrm(orm, dialect), interceptor, guard);
}

async function initialize(make: () => MikroORM | Promise<MikroORM>): Promise<MikroORM> {
  try {
    return await make();
  } catch (error) {
    throw initializationError(error);
  }
}

function shared(log: SqlLog, interceptor: Interceptor) {
  return {
    // A typo in a URL must not create a database.
    ensureDatabase: false,
    loggerFactory: () => log.logger(() => !interceptor.hasRefused),
    // A shell has one user: there is no request whose context could be mixed up with another's.
    allowGlobalContext: true,
  } as const;
}

async function open(
  orm: MikroORM,
  dialect: Dialect,
  locate: () => Location,
  interceptor: Interceptor,
  { readOnly = false, sandbox = false }: Guarded,
): Promise<Database> {
  hidePasswords(orm);
  const dead = new DeadConnections();
  const control = new ControlClients();
  const sockets = new Sockets();
  const abandon = async () => {
    dead.giveUp();
    // What leads to the error may keep a connection, and closing would wait for it.
    await Promise.race([orm.close(true).catch(() => {}), sleep(closeTimeoutMs, undefined, { ref: false })]);
  };
  try {
    await assertContract(orm);
  } catch (error) {
    await abandon();
    throw error;
  }
  let writes = 0;
  const place = locate();
  const file = await FileGuard.for(dialect, place);
  keepOwnErrors(orm);
  keepOwnDatabase(orm);
  interceptConnections(orm, interceptor, dialect.isEmbedded);
  const undoes = (error: unknown) => dialect.undoesTransaction?.(asDriverError(error)) ?? false;
  interceptor.add(
    'stray-transactions',
    strayTransactions(dialect.family, dialect.tracksTransactions, undoes),
  );
  if (!dialect.values.takesNul) interceptor.add('nul-characters', nulCharacters);
  if (dialect.exactIntegers !== undefined) interceptor.add('exact-integers', dialect.exactIntegers(orm));
  keepBigints(orm);
  if (!dialect.values.decimalsAreExact) padDecimals(orm);
  tellDatesApart(orm);
  takeWholeKeys(orm);
  keepAwaitedKeys();
  copyDefaults(orm);
  compareOwnFields(orm);
  validateNoListParts(orm);
  handOutBuilders(orm);
  joinSubclasses(orm);
  writeGivenReferences(orm);
  emptyAllColumns(orm);
  refuseUnnamedTargets();
  compareColumns();
  keepSinceStreams(orm);
  leaveOutUnnamedSides(orm);
  readSpreadWhole(orm);
  keepHiddenReferences(orm);
  compareJsonParts(orm, dialect.jsonPart, dialect.jsonPartIs);
  // A sandbox goes on with its copy.
  if (dialect.isEmbedded && !sandbox) interceptor.add('lost-file', new LostFile(file));
  const committed = new CommittedWrites(dialect.family, dialect.commitsAtDdl, dialect.keepsPart);
  if (!dialect.isEmbedded) interceptor.add('committed-writes', committed);
  if (dialect.commitsAtDdl) interceptor.add('implicit-commits', implicitCommits(dialect.family));
  onOpen(orm, options => {
    const guarded = file.guarding(options);
    if (dialect.takesSockets) return sockets.watching(guarded);
    return dialect.keepsDeadConnections ? control.watching(dead.watching(guarded)) : guarded;
  });
  try {
    if (readOnly) openReadOnly(orm, dialect, place, interceptor);
    else if (sandbox) await openSandbox(orm, dialect, place, interceptor, () => writes++);
    if (readOnly) await proveReadOnly(orm, dialect, place);
    else if (!sandbox) await orm.driver.getConnection().execute(dialect.probe(place));
  } catch (error) {
    // A missing file is no error yet: createAll() creates it.
    if (!file.isMissingButCreatable(error)) {
      await abandon();
      throw connectionError(error, dialect, place);
    }
    // The guard has not been proven on a connection to it.
    if (readOnly) file.stayMissing();
  }
  const [, ...replicas] = connectionsOf(orm);
  return {
    ...place,
    replicaHosts: replicas.map(replica => dialect.locate(orm, replica).host),
    dialect,
    orm: asSql(orm),
    readOnly,
    sandbox: sandbox && !readOnly,
    sandboxWrites: () => writes,
    committedWrites: () => committed.count,
    assertWritable: () => {
      if (readOnly) throw readOnlyError();
    },
    allowCreate: file.allowCreate,
    releaseDead: dead.release,
    cutOff() {
      dead.giveUp();
      control.cutOff();
      sockets.cutOff();
    },
    async close() {
      await orm.close(true);
      await Promise.all([dead.ended(), control.ended(), sockets.ended()]);
    },
    interceptor,
  };
}

/** All SQL drivers of MikroORM share the interface that the session uses, though their types do not say so. */
function asSql(orm: object): SqlOrm {
  return orm as SqlOrm;
}
