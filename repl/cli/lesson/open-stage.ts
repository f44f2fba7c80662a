import type { FreshDatabase } from '../../../src/index.ts';
import type { Command } from '../../commands/command.ts';
import type { Heard, Stage } from '../../lesson/run/lesson-run.ts';
import { Shell, type ShellOptions } from '../../shell.ts';
import { countQueries } from '../../transcript/run/play.ts';
import { printedLines } from '../../transcript/run/printed-lines.ts';
import type { DatabaseName } from '../../transcript/transcript.ts';
import { captureOutput, teeOutput } from '../captured-output.ts';
import type { FreshDatabases } from '../check/fresh-databases.ts';
import { load, requireHere } from '../import-from-cwd.ts';
import { maskedConsole } from '../masked-console.ts';
import { noteWorkedAround } from '../note-worked-around.ts';
import type { Open } from './fresh-shells.ts';

/** What a learner's shell is opened with. */
export interface StageOptions {
  readonly database: DatabaseName;
  readonly databases: FreshDatabases;
  readonly open: Open;
  /** How another thread stops code that never waits. */
  readonly stop?: NonNullable<ShellOptions['stop']>;
  readonly color: boolean;
  readonly commands: readonly Command[];
}

/** A learner's shell, and what is typed in it. */
export interface OpenStage extends Stage {
  /** @returns what was typed since the last call */
  readonly takeHeard: () => readonly Heard[];
  readonly close: () => Promise<void>;
}

/** @throws MikroscopeError if the database cannot be opened */
export async function openStage({
  database,
  databases,
  open,
  stop,
  color,
  commands,
}: StageOptions): Promise<OpenStage> {
  const openFresh = async () => {
    const fresh = await databases.create(database);
    return { fresh, session: await open(fresh.url) };
  };
  let { fresh, session } = await openFresh();
  const shell = new Shell({
    session,
    console: maskedConsole(color),
    provided: { require: requireHere() },
    load,
    commands,
    ...(stop && { stop }),
  });
  const tee = teeOutput();
  const ears = new Ears(shell, tee.take);
  let hidden: ReturnType<typeof captureOutput> | undefined;
  const leave = async (old: typeof session, { drop }: FreshDatabase) => {
    // One that is lost cannot be closed, and need not be.
    await old.close().catch(noteWorkedAround);
    void drop();
  };
  return {
    shell,
    database,
    takePrinted: () => hidden?.take() ?? '',
    takeHeard: () => ears.take(),
    async renew() {
      const next = await openFresh();
      await leave(session, fresh);
      ({ fresh, session } = next);
      shell.adopt(session);
      shell.showsSql = false;
      forgetVariables(shell);
      ears.listen();
    },
    async unseen(work) {
      hidden = captureOutput();
      ears.isOpen = false;
      try {
        return await work();
      } finally {
        ears.isOpen = true;
        hidden.release();
        hidden = undefined;
      }
    },
    async close() {
      tee.release();
      await leave(session, fresh);
    },
  };
}

function forgetVariables({ scope }: Shell): void {
  const names = Object.keys(scope.bindings);
  scope.redeclare(names);
  for (const name of names) delete scope.bindings[name];
}

/** Hears what is typed in a shell, and what it does. */
class Ears {
  isOpen = true;
  readonly #shell: Shell;
  #heard: Heard[] = [];
  #sql: Parameters<typeof countQueries>[0][number][] = [];

  constructor(shell: Shell, takePrinted: () => string) {
    this.#shell = shell;
    this.listen();
    shell.observe({
      begins: () => {
        takePrinted();
        this.#sql = [];
      },
      answered: (typed, answer) => {
        const statement = shell.read(typed);
        const isOfShell = statement.kind === 'command' && statement.name !== 'sql';
        if (!this.isOpen || isOfShell || answer.kind === 'exit' || answer.kind === 'interrupted') return;
        const queries = countQueries(this.#sql, shell.session.dialect.family);
        const last = { ...printedLines(answer, takePrinted()), queries };
        this.#heard.push({ typed, last });
      },
    });
  }

  /** Hears the SQL of the session that the shell has now. */
  listen(): void {
    this.#shell.session.sql.subscribe(entry => void this.#sql.push(entry));
  }

  take(): readonly Heard[] {
    return this.#heard.splice(0);
  }
}
