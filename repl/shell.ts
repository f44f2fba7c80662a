import type { Session } from '../src/index.ts';
import type { Answer } from './answer/answer.ts';
import type { CommandContext } from './commands/command.ts';
import { bindCommands, commands } from './commands/index.ts';
import { freshConsole } from './fresh-console.ts';
import { makeDb } from './commands/db.ts';
import { hold, nameClasses } from './commands/entities.ts';
import { exit } from './commands/exit.ts';
import { help, type HelpText } from './commands/help.ts';
import { SqlEcho } from './commands/sql.ts';
import { describe } from './answer/describe.ts';
import { Evaluator } from './evaluate/run.ts';
import { Scope } from './evaluate/scope.ts';
import { ownFrames } from './evaluate/stack.ts';
import type { LazySource } from './evaluate/runtime/runtime.ts';
import { excerpt } from './input/excerpt.ts';
import { readStatement, type Statement } from './input/statement.ts';
import { reload, type Reopening } from './reload/reload.ts';
import { marked } from './sandbox.ts';

/** What a shell is made of. */
export interface ShellOptions {
  readonly session: Session;
  readonly console: Console;
  /** More names for the prompt, such as `require`. */
  readonly provided?: Readonly<Record<string, unknown>>;
  /** Imports a module for `import` at the prompt. */
  readonly load: (specifier: string) => Promise<unknown>;
  /** Shared memory through which another thread stops code that never waits. Only a terminal wants it. */
  readonly stop?: Int32Array;
  /** Commands with a dot that the front end adds, by name. */
  readonly dotted?: Readonly<Record<string, DottedCommand>>;
  /** How `reload()` opens the project anew; without it there is nothing to reload. */
  readonly reopening?: Reopening;
}

/** A command with a dot before its name: `.record walk.repl.md`. */
export type DottedCommand = (argument: string) => Answer | Promise<Answer>;

/** Somebody who is told of every statement. */
export interface Observer {
  readonly begins: (text: string) => void;
  readonly answered: (text: string, answer: Answer) => void;
}

/** One prompt: text in, answers out, statements strictly one after another. Knows no terminal. */
export class Shell implements CommandContext {
  readonly scope = new Scope({});
  readonly #evaluator: Evaluator;
  readonly #source: LazySource;
  readonly #provided: Readonly<Record<string, unknown>>;
  readonly #reopening: Reopening | undefined;
  #session: Session;
  #hiddenEntities: readonly string[] = [];
  readonly #sql: SqlEcho;
  readonly #dotted: Readonly<Record<string, DottedCommand>>;
  readonly #observers = new Set<Observer>();
  #last: Promise<unknown> = Promise.resolve();

  constructor({ session, console, provided = {}, load, stop, dotted = {}, reopening }: ShellOptions) {
    this.#session = session;
    this.#source = latest(() => this.#session);
    this.#reopening = reopening;
    this.#sql = new SqlEcho(this);
    this.#dotted = {
      help: argument => ({ kind: 'text', text: this.#help(argument).text }),
      exit: () => ({ kind: 'exit' }),
      quit: () => ({ kind: 'exit' }),
      sql: argument => this.#sql.run(argument),
      ...dotted,
    };
    this.#provided = { ...provided, console: freshConsole(console, this.#source) };
    this.#provide();
    this.#evaluator = new Evaluator({ source: this.#source, scope: this.scope, load, stop });
  }

  get session(): Session {
    return this.#session;
  }

  /** Entities whose names mean something else already: they are in `entities` only. */
  get hiddenEntities(): readonly string[] {
    return this.#hiddenEntities;
  }

  /** Whether there are files of somebody's to load anew. */
  get reloads(): boolean {
    return this.#reopening !== undefined;
  }

  /** Loads the project's files anew. @returns what there is to say of it */
  reload(): Promise<string> {
    return reload(this, this.#reopening);
  }

  /** Goes on with another session; the names that the prompt provides are those of this one now. */
  adopt(session: Session): void {
    this.#session = session;
    this.#provide();
  }

  /** What a text is; nothing runs. */
  read(text: string): Statement {
    return readStatement(text, name => this.scope.isProvided(name));
  }

  /** Runs a statement, after those before it. Never rejects. */
  respond(text: string): Promise<Answer> {
    const answer = this.#last.then(async () => {
      for (const { begins } of this.#observers) begins(text);
      const answered = await this.#sql.listen(() => marked(this.session, () => this.#answer(text)));
      for (const { answered: tell } of this.#observers) tell(text, answered);
      return answered;
    });
    this.#last = answer;
    return answer;
  }

  /** Tells somebody of every statement from now on. @returns the function that ends it */
  observe(observer: Observer): () => void {
    this.#observers.add(observer);
    return () => void this.#observers.delete(observer);
  }

  /** Stops the running statement. @returns whether there was one */
  interrupt(): boolean {
    return this.#evaluator.interrupt();
  }

  /** What would be lost by leaving now, such as `1 new (User)`; empty for nothing, as always in a sandbox. */
  get uncommitted(): string {
    return this.session.database.sandbox ? '' : this.session.uncommitted.summary;
  }

  async #answer(text: string): Promise<Answer> {
    const statement = this.read(text);
    if (statement.kind === 'empty') return { kind: 'nothing' };
    if (statement.kind === 'command') return this.#command(statement);
    const compiled = this.#evaluator.compile(text);
    if (compiled.kind === 'incomplete')
      return { kind: 'error', error: new SyntaxError('Unexpected end of input') };
    if (compiled.kind === 'invalid')
      return {
        kind: 'error',
        error: new SyntaxError(compiled.error.message),
        excerpt: excerpt(text, compiled.error),
      };
    const outcome = await this.#evaluator.run(compiled);
    if (outcome.kind === 'interrupted') return outcome;
    if (outcome.kind === 'threw')
      return { kind: 'error', error: outcome.error, frames: ownFrames(outcome.error) };
    return describe(outcome.value, this.session);
  }

  async #command({ name, argument }: Extract<Statement, { kind: 'command' }>): Promise<Answer> {
    const command = Object.hasOwn(this.#dotted, name) ? this.#dotted[name] : undefined;
    if (command) return command(argument);
    return {
      kind: 'error',
      error: new SyntaxError(`There is no command .${name}; .help lists what there is.`),
    };
  }

  #help(topic: unknown): HelpText {
    return help(topic, commands, this);
  }

  #provide(): void {
    const names = { ...this.#names(), ...this.#provided };
    const { bound, hidden } = nameClasses(this.session, names);
    this.#hiddenEntities = hidden;
    this.scope.provide({ ...bound, ...names });
  }

  #names(): Record<string, unknown> {
    const { session } = this;
    const bound = bindCommands(this);
    const leave = () => exit;
    hold(bound, session);
    return {
      ...bound,
      db: makeDb(bound, session),
      session,
      em: session.em,
      orm: session.orm,
      help: (topic?: unknown): HelpText => this.#help(topic),
      exit: leave,
      quit: leave,
    };
  }
}

/** What loads, whichever session that is. */
function latest(session: () => Session): LazySource {
  return {
    read: (object, key) => session().read(object, key),
    readSync: (object, key) => session().readSync(object, key),
    touch: value => session().touch(value),
    isEntity: value => session().isEntity(value),
    constructorOf: value => session().constructorOf(value),
    isQuery: value => session().isQuery(value),
    isCollection: value => session().isCollection(value),
  };
}
