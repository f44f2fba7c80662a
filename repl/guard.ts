import {
  type Confirm,
  type DestructiveStatement,
  MikroscopeError,
  type Session,
  visible,
} from '../src/index.ts';

type Database = Session['database'];

/** Asks the user something. @returns what was typed; undefined after Ctrl-C or Ctrl-D */
export type Ask = (question: string) => Promise<string | undefined>;

/**
 * Keeps a database on another machine from being emptied by mistake: a statement that touches every row has to be
 * confirmed by typing the name of the database. Only the host decides, not NODE_ENV or another variable.
 */
export class Guard {
  /** Whether to confirm everything unasked, as `--yes` says. */
  readonly #yes: boolean;
  #database: Database | undefined;
  #ask: Ask | undefined;

  constructor({ yes }: { readonly yes: boolean }) {
    this.#yes = yes;
  }

  /** Guards this database from now on. */
  watch(database: Database): void {
    this.#database = database;
  }

  /** Asks in this way from now on. Until then nobody can be asked, and the answer is no. */
  asking(ask: Ask): void {
    this.#ask = ask;
  }

  /** Asks before a destructive statement on another machine. @throws MikroscopeError `Refused` unless it is confirmed */
  readonly confirm: Confirm = async danger => {
    const database = this.#database;
    if (this.#yes || !database) return;
    // What is sent to a replica cannot be told from what is not.
    const host = [database.host, ...(database.replicaHosts ?? [])].find(each => !isLocal(each));
    if (host === undefined) return;
    const deed = describe(danger, { name: database.name, host });
    if (!this.#ask)
      throw new MikroscopeError('Refused', `This ${deed}`, 'Confirm it at a terminal, or pass --yes.');
    const typed = await this.#ask(visible(`This ${deed}. Type ${database.name} to go on: `));
    if (typed?.trim() !== database.name)
      throw new MikroscopeError('Refused', 'Nothing was done, as that is not the name of the database');
  };

  /** Asks a yes-or-no question. @returns undefined where nobody can be asked */
  readonly agree = async (question: string): Promise<boolean | undefined> => {
    const typed = await this.#ask?.(visible(`${question} [y/N] `));
    return this.#ask && /^y(es)?$/i.test(typed?.trim() ?? '');
  };
}

/** Whether a database is on this machine, in this process or on a server. */
export function isLocal(host: string | undefined): boolean {
  if (host === undefined || host === '' || host.startsWith('/')) return true;
  const name = host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  return /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|::1|0\.0\.0\.0)$/i.test(name);
}

/** The predicate of a sentence about what a statement does. */
function describe(
  { kind, entity }: DestructiveStatement,
  { name, host }: { readonly name: string; readonly host: string },
): string {
  const place = `${name} on ${host}`;
  switch (kind) {
    case 'dropAll':
      return `drops the tables of all entities in ${place}`;
    case 'update':
      return `changes every ${entity} in ${place}`;
    case 'delete':
      return `deletes every ${entity} in ${place}`;
    case 'sql':
      return `changes or drops everything in a table in ${place}`;
    case 'native client':
      return `hands out the driver's own client for ${place}, which asks about nothing that it does`;
  }
}
