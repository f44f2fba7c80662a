import { type Confirm, type DestructiveStatement, MikroscopeError, type Session } from '../src/index.ts';

type Database = Session['database'];

/** Asks a person something. @returns what was typed; undefined if nobody wanted to answer */
export type Ask = (question: string) => Promise<string | undefined>;

/**
 * Keeps a database that is not on this machine from being emptied by mistake: what touches every row has to be
 * confirmed with the name of the database. Where the database is decides, and no variable of the environment.
 */
export class Guard {
  /** What `--yes` says. */
  readonly #yes: boolean;
  #database: Database | undefined;
  #ask: Ask | undefined;

  constructor({ yes }: { readonly yes: boolean }) {
    this.#yes = yes;
  }

  /** Says which database it is about. */
  watch(database: Database): void {
    this.#database = database;
  }

  /** Says whom to ask; where nobody can be asked, the answer is no. */
  asking(ask: Ask): void {
    this.#ask = ask;
  }

  /** @throws MikroscopeError `Refused` */
  readonly confirm: Confirm = async danger => {
    const database = this.#database;
    if (this.#yes || !database || isLocal(database.host)) return;
    const deed = describe(danger, database);
    if (!this.#ask)
      throw new MikroscopeError(
        'Refused',
        `It ${deed}, and there is nobody here to ask`,
        'Run it at a terminal, or with --yes.',
      );
    const typed = await this.#ask(`This ${deed}. Type ${database.name} to go on: `);
    if (typed?.trim() !== database.name)
      throw new MikroscopeError('Refused', 'Nothing was done: that is not the name of the database');
  };

  /** Asks a question of yes or no. @returns undefined where nobody can be asked */
  readonly agree = async (question: string): Promise<boolean | undefined> => {
    const typed = await this.#ask?.(`${question} [y/N] `);
    return this.#ask && /^y(es)?$/i.test(typed?.trim() ?? '');
  };
}

/** Whether a database is on this machine: in this process, or on a server here. */
export function isLocal(host: string | undefined): boolean {
  if (host === undefined || host === '' || host.startsWith('/')) return true;
  const name = host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  return /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|::1|0\.0\.0\.0)$/i.test(name);
}

function describe({ kind, entity }: DestructiveStatement, { name, host }: Database): string {
  const what = {
    dropAll: 'drops the tables of all entities',
    update: `changes every ${entity}`,
    delete: `deletes every ${entity}`,
    sql: 'changes or drops everything in a table',
    'native client': "hands over the driver's own client, which asks nothing,",
  }[kind];
  return `${what} in ${name} on ${host}`;
}
