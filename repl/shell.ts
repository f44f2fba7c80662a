import { MikroscopeError, nearest, type Session } from '../src/index.ts';
import { annotate } from './answer/annotate.ts';
import { type Began, Cancellation } from './answer/cancellation.ts';
import type { Answer, ErrorAnswer } from './answer/answer.ts';
import { describe } from './answer/describe.ts';
import { type Command, type CommandContext, type ExpressionType, wordsOf } from './commands/command.ts';
import { ownCommands } from './commands/index.ts';
import { promptNames } from './commands/prompt-names.ts';
import { Evaluator, type Stop } from './evaluate/run.ts';
import { plainCode } from './evaluate/runtime/coroutine.ts';
import { Scope } from './evaluate/runtime/scope.ts';
import { isTypedPrototype } from './evaluate/runtime/what-is-typed.ts';
import { freshConsole } from './fresh-console.ts';
import { readStatement, type Statement } from './input/statement.ts';
import { excerpt } from './places/excerpt.ts';
import { placeOf } from './places/frames.ts';
import { tracedFrames } from './places/trace.ts';
import { type Origin, type TypedText, TypedTexts } from './places/typed-texts.ts';
import { latestSession } from './reload/latest-session.ts';
import type { Reopening } from './reload/reload.ts';
import { suggest } from './suggest/suggest.ts';
import type { Load } from './evaluate/runtime/modules.ts';

export { isInterruption } from './evaluate/run.ts';

/** What a shell needs. */
export interface ShellOptions {
  readonly session: Session;
  readonly console: Console;
  /** More names for the prompt, such as `require`. */
  readonly provided?: Readonly<Record<string, unknown>>;
  /** Imports a module for `import` at the prompt. */
  readonly load: Load;
  /** How another thread stops code that never waits. */
  readonly stop?: Stop;
  /** Commands that the front end adds, such as `.record`. */
  readonly commands?: readonly Command[];
  /** How `reload()` opens the project again; undefined if no project is open. */
  readonly reopening?: Reopening;
}

/** Called for every statement. */
export interface Observer {
  readonly begins: (text: string) => void;
  readonly answered: (text: string, answer: Answer) => void;
}

/** A prompt without a terminal: takes statements and answers them strictly one after another. */
export class Shell implements CommandContext {
  readonly scope = new Scope({});
  readonly reopening: Reopening | undefined;
  showsSql = false;
  #checksTypes = false;
  readonly #evaluator: Evaluator;
  readonly #provided: Readonly<Record<string, unknown>>;
  readonly #commands: readonly Command[];
  readonly #texts = new TypedTexts();
  #projectCommands: readonly Command[] = [];
  readonly #observers = new Set<Observer>();
  #session: Session;
  #hiddenEntities: readonly string[] = [];
  #compiled: string | undefined;
  #cancellation: Cancellation | undefined;
  /** The exit code with which the running statement is to end. */
  #leavingCode: number | undefined;
  /** What was so when the statement began that runs now. */
  #began: Began = { inTransaction: false, committedWrites: 0 };
  #last: Promise<unknown> = Promise.resolve();

  constructor({ session, console, provided = {}, load, stop, commands = [], reopening }: ShellOptions) {
    this.#session = session;
    this.#commands = [...ownCommands, ...commands];
    this.reopening = reopening;
    const source = latestSession(() => this.#session);
    this.#provided = { ...provided, console: freshConsole(console, source) };
    this.#provide();
    this.#evaluator = new Evaluator({ source, scope: this.scope, load, stop });
  }

  get session(): Session {
    return this.#session;
  }

  get commands(): readonly Command[] {
    return [...this.#commands, ...this.#projectCommands];
  }

  get compiled(): string | undefined {
    return this.#compiled;
  }

  /** The names of entities that are taken by something else, so that only `entities` holds them. */
  get hiddenEntities(): readonly string[] {
    return this.#hiddenEntities;
  }

  /** What leaving now would lose, such as `1 new (User)`; empty for nothing. A sandbox has nothing to lose. */
  get uncommitted(): string {
    const { database, uncommitted, hasOtherWrites } = this.session;
    if (database.sandbox) return '';
    return [uncommitted.summary, hasOtherWrites ? 'what SQL wrote' : '']
      .filter(text => text !== '')
      .join(', ');
  }

  /**
   * Runs a statement after those before it. Never rejects.
   *
   * @param origin where it is from, for errors; undefined for what was typed
   */
  respond(text: string, origin?: Origin): Promise<Answer> {
    const answer = this.#respondAfter(this.#last, this.#texts.add(text, origin));
    this.#last = answer;
    return answer;
  }

  /** Only awaits: while a line runs, it may have overwritten the methods of promises. */
  async #respondAfter(last: Promise<unknown>, typed: TypedText): Promise<Answer> {
    const { text } = typed;
    await last;
    this.#evaluator.prepare();
    try {
      for (const { begins } of this.#observers) begins(text);
      const answered = await annotate(this.session, this.showsSql, () => this.#answer(typed));
      if (answered.kind === 'error') this.scope.rememberError(answered.error);
      for (const { answered: tell } of this.#observers) tell(text, answered);
      return answered;
    } catch (error) {
      return this.failure(error, typed);
    }
  }

  /** Reads a text as a statement. Nothing runs. */
  read(text: string): Statement {
    return readStatement(text, name => this.scope.isProvided(name) && this.#dotted(name) !== undefined);
  }

  /**
   * Stops the running statement. What a server runs for it is cancelled there first, and waited for until it has ended;
   * the second time, for a moment. Without a statement, what a server runs for a timer or a listener is cancelled.
   *
   * @returns whether there was one
   */
  interrupt(): boolean {
    const abandon = () => this.#evaluator.interrupt(true);
    if (this.#cancellation) {
      this.#cancellation.hurry();
      return true;
    }
    if (!this.#session.isServerBusy) return abandon();
    if (!this.#evaluator.interrupt(false)) {
      // A timer or a listener sent it, and gets the error.
      this.#session.cancel().catch(() => undefined);
      return false;
    }
    this.#cancellation = new Cancellation(this.#session, this.#began, abandon);
    return true;
  }

  /** Stops the running statement, which then answers as `exit(code)` does. @returns whether there was one */
  leave(code: number): boolean {
    if (!this.interrupt()) return false;
    this.#leavingCode = code;
    return true;
  }

  /** Calls an observer for every statement from now on. @returns a function that ends it */
  observe(observer: Observer): () => void {
    this.#observers.add(observer);
    return () => void this.#observers.delete(observer);
  }

  /** Replaces the session, and the names that the prompt provides with those of the new one. */
  adopt(session: Session): void {
    this.#session = session;
    // Their objects are of the session before.
    this.scope.forget();
    this.#provide();
  }

  /** Replaces the commands of the project's startup file. */
  replaceProjectCommands(commands: readonly Command[]): void {
    this.#projectCommands = commands;
  }

  /**
   * The answer for an error, with where it comes from; without, if a line has made the stacks of JavaScript unusable.
   *
   * @param typed the statement that failed; undefined for an error of none, as of a timer
   */
  failure(error: unknown, typed?: TypedText): ErrorAnswer {
    try {
      return { kind: 'error', error, frames: tracedFrames(error, this.#texts, typed) };
    } catch {
      return { kind: 'error', error };
    }
  }

  async #answer(typed: TypedText): Promise<Answer> {
    const { text } = typed;
    try {
      const statement = this.read(text);
      if (statement.kind === 'empty') return { kind: 'nothing' };
      return await (statement.kind === 'command' ? this.#command(statement) : this.#run(typed));
    } catch (error) {
      return { ...this.failure(error, typed), ...(await this.#suggested(text, error)) };
    }
  }

  /** What is known of the value of an expression, which is not evaluated. */
  async typeOf(expression: string): Promise<ExpressionType> {
    // Its parser is loaded when it is wanted; a line may have made that impossible.
    const found = await import('./complete/type-at.ts').catch(() => undefined);
    return found?.typeAt(expression, this) ?? { text: undefined, names: [], entity: undefined, members: [] };
  }

  get checksTypes(): boolean {
    return this.#checksTypes;
  }

  set checksTypes(wanted: boolean) {
    this.#checksTypes = wanted;
    // A statement that needs it waits for it, and says if it does not load.
    if (wanted)
      import('./typecheck/type-checker.ts').then(found => found.loadCompiler()).catch(() => undefined);
  }

  async compiledTypeOf(expression: string): Promise<string> {
    const { askCompiler } = await import('./typecheck/type-checker.ts');
    const { type = 'any', problem } = await askCompiler('type', expression, this);
    if (problem) {
      const { line, column } = problem;
      const place = line === 1 ? '' : `line ${line}, `;
      throw new MikroscopeError('TypeMismatch', problem.message, `See ${place}column ${column + 1} of it.`);
    }
    return type;
  }

  /** Why a statement is refused; undefined if it is not. */
  async #typeError(text: string): Promise<Answer | undefined> {
    if (!this.#checksTypes) return undefined;
    const { askCompiler } = await import('./typecheck/type-checker.ts');
    const { problem } = await askCompiler('errors', text, this);
    if (!problem) return undefined;
    const error = new MikroscopeError(
      'TypeMismatch',
      problem.message,
      'Nothing ran. .check off runs lines as they are.',
    );
    return { kind: 'error', error, excerpt: excerpt(text, problem) };
  }

  async #suggested(text: string, error: unknown): Promise<{ readonly suggestion?: string }> {
    const suggestion = await suggest({
      text,
      error,
      names: this.scope.names(),
      commands: this.#commands.flatMap(wordsOf),
      isClass: name => name in this.session.entities || name in this.session.embeddables,
      members: async expression => (await this.typeOf(expression)).members,
    });
    return suggestion === undefined ? {} : { suggestion };
  }

  async #run(typed: TypedText): Promise<Answer> {
    const { text } = typed;
    const compiled = this.#evaluator.compile(text);
    if (compiled.kind === 'incomplete')
      return {
        kind: 'error',
        error: new SyntaxError('Unexpected end of input'),
        frames: placeOf(typed),
      };
    if (compiled.kind === 'invalid')
      return {
        kind: 'error',
        error: new SyntaxError(compiled.error.message),
        excerpt: excerpt(text, compiled.error),
        frames: placeOf(typed, compiled.error.line),
      };
    const refused = await this.#typeError(text);
    if (refused) return refused;
    this.#compiled = compiled.code;
    const { inTransaction, committedWrites } = this.#session;
    this.#began = { inTransaction, committedWrites };
    const outcome = await this.#evaluator.run(compiled, typed.number);
    const ended = await this.#cancellation?.end();
    this.#cancellation = undefined;
    if (this.#leavingCode !== undefined) return this.#left(this.#leavingCode);
    if (outcome.kind === 'interrupted' || (outcome.kind === 'threw' && ended?.isCancelled))
      return { kind: 'interrupted', verdict: ended?.verdict ?? '' };
    if (outcome.kind === 'threw') {
      await this.#readHeld(outcome.error);
      throw await this.session.explained(outcome.error);
    }
    const answer = await describe(outcome.value, this.session);
    if (isShown(answer)) this.scope.remember(outcome.value);
    return answer;
  }

  #left(code: number): Answer {
    this.#leavingCode = undefined;
    return { kind: 'exit', code };
  }

  /** Reads what an error holds, to show that with it. The shell's own show a message alone. */
  async #readHeld(error: unknown): Promise<void> {
    if (error instanceof MikroscopeError) return;
    try {
      await this.session.touch(error, 'print');
    } catch {
      // What was thrown first is shown, with what is known.
    }
  }

  async #command({ name, argument }: Extract<Statement, { kind: 'command' }>): Promise<Answer> {
    const command = this.#dotted(name);
    if (!command) {
      const near = nearest(`.${name}`, this.commands.flatMap(wordsOf));
      const meant = near === undefined ? '' : `; did you mean ${near}?`;
      throw new MikroscopeError('NotFound', `There is no command .${name}${meant}`, '.help lists them.');
    }
    return describe(await command.run(argument === '' ? [] : [argument], this), this.session);
  }

  #dotted(name: string): Command | undefined {
    return this.commands.find(command => wordsOf(command).includes(`.${name}`));
  }

  #provide(): void {
    this.#session.alsoLookInto(isTypedPrototype);
    this.#session.refuseUnread(plainCode);
    this.#session.beforeEachRow(() => this.#evaluator.checkRow());
    const { names, hidden, ofSession } = promptNames(this, this.#provided);
    this.#hiddenEntities = hidden;
    this.scope.provide(names, ofSession);
  }
}

/** Whether an answer shows the value of its line, and not what a command did or explains. */
function isShown({ kind }: Answer): boolean {
  return kind === 'value' || kind === 'entities' || kind === 'table' || kind === 'sql';
}
