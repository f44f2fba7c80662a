import type { Key } from 'node:readline';
import { PendingText } from '../input/pending-text.ts';
import type { Ask } from '../guard.ts';
import { type Channel, print, printWorkedAround } from '../render/print.ts';
import { isInterruption, type Shell } from '../shell.ts';
import { completeTyped } from './completion.ts';
import { History, historyPath } from './history.ts';
import { isLeaving, leaveAtExit, leaveAtSignals } from './leaving.ts';
import { LineEditor } from './line-editor.ts';
import { keepListeners } from './own-listeners.ts';
import { Question } from './question.ts';
import type { Watchdog } from './watchdog.ts';

/** How a prompt looks. */
export interface PromptOptions {
  /** Where everything is printed, errors included. */
  readonly screen: Channel;
  /** What to print before each statement. */
  readonly prompt: string;
  /** How long a transaction may stay open with nothing typed before the user is reminded; a minute by default. */
  readonly idleTransactionMs?: number;
  /** Called with a way to ask the user something while a statement runs. */
  readonly onReady?: (ask: Ask) => void;
}

/**
 * Opens the prompt at a terminal.
 *
 * @param watchdog stops the shell's statements from another thread
 * @returns the exit code, when the user leaves
 */
export async function interact(shell: Shell, watchdog: Watchdog, options: PromptOptions): Promise<number> {
  const { screen, onReady } = options;
  const history = new History(historyPath(process.env), error => printWorkedAround(error, screen));
  const prompt = new Prompt(shell, watchdog, history, await history.load(), options);
  onReady?.(question => prompt.ask(question));
  return prompt.left;
}

/** Answers one statement at a time: while it runs, keys wait and Ctrl-C stops it. */
class Prompt {
  /** The exit code, when the user leaves. */
  readonly left: Promise<number>;
  readonly #editor: LineEditor;
  readonly #shell: Shell;
  readonly #history: History;
  readonly #watchdog: Watchdog;
  readonly #screen: Channel;
  readonly #idleTransactionMs: number;
  readonly #heldKeys: [text: string, key: Key][] = [];
  /** The lines of a statement that is not complete yet. */
  readonly #pending = new PendingText();
  #isRunning = false;
  #exitCode = 0;
  #isSignalled = false;
  /** Whether the last key was Ctrl-C on an empty line. */
  #isLeaving = false;
  #question: Question | undefined;
  #reminder: NodeJS.Timeout | undefined;

  constructor(
    shell: Shell,
    watchdog: Watchdog,
    history: History,
    earlier: readonly string[],
    { screen, prompt, idleTransactionMs = 60_000 }: PromptOptions,
  ) {
    this.#shell = shell;
    this.#watchdog = watchdog;
    this.#history = history;
    this.#screen = screen;
    this.#idleTransactionMs = idleTransactionMs;
    this.#editor = new LineEditor({
      color: screen.style.color,
      history: earlier,
      prompt: () => (this.#pending.count > 0 ? '... ' : prompt),
      complete: line => completeTyped(this.#pending.text, line, shell),
      onLine: line => this.#takeLine(line),
      onKey: (text, key) => this.#takeKey(text, key),
      onStray: error => this.#report(error),
      onInterrupt: () => this.#takeCtrlC(),
    });
    this.left = this.#editor.closed.then(() => this.#exitCode);
    process.on('SIGINT', () => shell.interrupt());
    leaveAtExit(code => {
      if (!shell.leave(code)) this.#leave(code);
    });
    leaveAtSignals(shell, ['SIGTERM', 'SIGHUP'], code => {
      this.#isSignalled = true;
      this.#exitCode = code;
      if (!shell.interrupt()) this.#editor.close();
    });
    watchdog.onRead(
      keys => this.#editor.type(keys),
      () => shell.interrupt(),
    );
    keepListeners();
    // The first time takes longest, and is over before somebody asks.
    setImmediate(() => void completeTyped('', 'em.find(', shell));
  }

  /**
   * Asks the user something. Nothing else is printed, and no other key is taken, until it is answered.
   *
   * @returns what was typed; undefined after Ctrl-C or Ctrl-D
   */
  ask(question: string): Promise<string | undefined> {
    clearTimeout(this.#reminder);
    this.#question = new Question(question);
    return this.#question.answer;
  }

  async #takeLine(line: string): Promise<void> {
    this.#isLeaving = false;
    const mayBeComplete = this.#pending.add(line.replaceAll(/\r\n?/g, '\n').replace(/\n$/, ''));
    const { text } = this.#pending;
    if (!mayBeComplete || this.#shell.read(text).kind === 'incomplete') return;
    if (text.trim() !== '') this.#remember(text);
    this.#pending.clear();
    await this.#respond(text);
  }

  /** Keeps a statement as one entry of the history, however many lines it has. */
  #remember(text: string): void {
    if (this.#pending.count > 1) this.#editor.joinHistory(this.#pending.count, text);
    this.#history.add(text);
  }

  async #respond(text: string): Promise<void> {
    this.#isRunning = true;
    clearTimeout(this.#reminder);
    this.#watchdog.watch(true);
    try {
      const answer = await this.#shell.respond(text);
      print(answer, { answers: this.#screen, errors: this.#screen });
      if (this.#isSignalled) this.#editor.close();
      else if (answer.kind === 'exit') setImmediate(() => this.#leave(answer.code));
    } finally {
      this.#watchdog.watch(false);
      this.#isRunning = false;
      this.#watchTransaction();
      setImmediate(() => this.#releaseKeys());
    }
  }

  /** An error of no statement, below the line that is being typed. */
  #report(error: unknown): void {
    if (isLeaving(error) || isInterruption(error)) return;
    process.stdout.write('\n');
    print({ kind: 'error', error }, { answers: this.#screen, errors: this.#screen });
  }

  /** Keeps what is typed or pasted while a statement runs until it has answered. */
  #takeKey(text: string, key: Key): boolean {
    if (this.#question) {
      if (this.#question.take(text, key)) this.#question = undefined;
    } else if (this.#isRunning && key.ctrl && key.name === 'c') this.#shell.interrupt();
    else if (this.#isRunning || this.#heldKeys.length > 0) this.#heldKeys.push([text, key]);
    else return this.#leaves(key);
    return true;
  }

  #releaseKeys(): void {
    while (!this.#isRunning && !this.#question) {
      const [next] = this.#heldKeys.splice(0, 1);
      if (!next) return;
      const [text, key] = next;
      if (!this.#leaves(key)) this.#editor.edit(text, key);
    }
  }

  /** Leaves on Ctrl-D, if the line is empty, also in the middle of a statement. @returns whether it did */
  #leaves(key: Key): boolean {
    const leaves = key.ctrl === true && key.name === 'd' && this.#editor.line === '';
    if (leaves) this.#leave();
    return leaves;
  }

  /** Drops what is typed; leaves if the line is empty, the second time. */
  #takeCtrlC(): void {
    const isEmpty = this.#isEmpty && !this.#shell.session.isServerBusy;
    this.#shell.interrupt();
    if (isEmpty && this.#isLeaving) {
      this.#leave();
      return;
    }
    this.#isLeaving = isEmpty;
    this.#pending.clear();
    this.#editor.clear();
    process.stdout.write(isEmpty ? '\n(To leave, press Ctrl-C again, or Ctrl-D.)\n' : '\n');
    this.#editor.showPrompt();
  }

  get #isEmpty(): boolean {
    return this.#pending.count === 0 && this.#editor.line === '';
  }

  /** Leaves, after asking if that would lose anything. */
  #leave(code = 0): void {
    const { uncommitted } = this.#shell;
    this.#exitCode = code;
    if (uncommitted === '') {
      this.#editor.close();
      return;
    }
    void this.ask(`\nNot committed: ${uncommitted}. Leave and lose it? [y/N] `).then(typed => {
      if (/^y(es)?$/i.test(typed ?? '')) this.#editor.close();
      else {
        this.#editor.showPrompt();
        this.#watchTransaction();
        this.#releaseKeys();
      }
    });
  }

  /** Reminds of a transaction that stays open: it may hold locks that others wait for. */
  #watchTransaction(): void {
    const { session } = this.#shell;
    if (!session.inTransaction) return;
    const remind = () => {
      const seconds = Math.round(this.#idleTransactionMs / 1000);
      const why = isShared(session) ? ', and others may be waiting for it' : '';
      process.stdout.write(
        `\r\u001B[KA transaction has been open for ${seconds} s${why}: commit() or rollback() ends it.\n`,
      );
      this.#editor.showPrompt(true);
    };
    this.#reminder = setTimeout(remind, this.#idleTransactionMs).unref();
  }
}

/** Whether another process can have the database open, too. */
function isShared({ database, dialect }: Shell['session']): boolean {
  if (!dialect.isEmbedded) return true;
  return !dialect.isExclusive && !database.sandbox && database.name !== ':memory:';
}
