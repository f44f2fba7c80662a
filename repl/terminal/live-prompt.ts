import type { Effect } from '../editor/effect.ts';
import { Editor } from '../editor/editor.ts';
import type { KeyEvent } from '../editor/keys/key-event.ts';
import { type Channel, print } from '../render/print.ts';
import type { Answer } from '../answer/answer.ts';
import { isInterruption, type Shell } from '../shell.ts';
import type { History } from './history.ts';
import { isLeaving, leaveAtExit, leaveAtSignals } from './leaving.ts';
import { candidatesFor } from './completion.ts';
import { editElsewhere } from './external-editor.ts';
import { type Front, openFront } from './front.ts';
import { IdleReminder } from './idle-reminder.ts';
import { keepListeners } from './own-listeners.ts';
import { Question } from './question.ts';
import type { PromptOptions } from './prompt.ts';
import { isPythonText, runPython } from './python-paste.ts';
import type { Strays } from './strays.ts';
import { isKnownTo, languageOf } from './typed-language.ts';
import type { Watchdog } from './watchdog.ts';

/** How long going to the background may take. */
const awayMs = 50;

/** Answers one statement at a time: while it runs, keys wait and Ctrl-C stops it. */
export class LivePrompt {
  /** The exit code, when the user leaves. */
  readonly left: Promise<number>;
  readonly #end: (code: number) => void;
  readonly #editor: Editor;
  readonly #front: Front;
  readonly #shell: Shell;
  readonly #history: History;
  readonly #watchdog: Watchdog;
  readonly #screen: Channel;
  readonly #reminder: IdleReminder;
  readonly #strays: Strays;
  readonly #python: PromptOptions['python'];
  #heldKeys: readonly KeyEvent[] = [];
  #isRunning = false;
  #exitCode = 0;
  #isSignalled = false;
  #isClosed = false;
  /** Whether the program is going to the background. */
  #isAway = false;
  /** Whether the last key was Ctrl-C on an empty line. */
  #isLeaving = false;
  #question: Question | undefined;

  constructor(
    shell: Shell,
    watchdog: Watchdog,
    history: History,
    earlier: readonly string[],
    strays: Strays,
    options: PromptOptions,
  ) {
    const { screen, prompt, idleTransactionMs = 60_000 } = options;
    this.#shell = shell;
    this.#python = options.python;
    this.#watchdog = watchdog;
    this.#history = history;
    this.#strays = strays;
    this.#screen = screen;
    this.#reminder = new IdleReminder(shell, idleTransactionMs);
    const { promise, resolve } = Promise.withResolvers<number>();
    this.left = promise;
    this.#end = resolve;
    this.#editor = new Editor({
      language: languageOf(shell),
      history: earlier,
      keys: options.keys ?? 'emacs',
    });
    this.#front = openFront({
      prompt,
      color: screen.style.color,
      isKnown: name => isKnownTo(shell, name),
      onKeys: events => this.#takeKeys(events),
      onBack: () => this.#comeBack(true),
      onEnd: () => this.#close(),
    });
    strays.report = error => this.#report(error);
    process.on('SIGINT', () => {
      // A terminal that edits its lines itself sends the signal and no key.
      if (shell.interrupt() || !this.#front.echoes) return;
      process.stdout.write('\n');
      this.#takeKeys([{ kind: 'key', key: 'C-c' }]);
    });
    leaveAtExit(code => {
      if (!shell.leave(code)) void this.#leave(code);
    });
    leaveAtSignals(shell, ['SIGTERM', 'SIGHUP'], code => {
      this.#isSignalled = true;
      this.#exitCode = code;
      if (!shell.interrupt()) this.#close();
    });
    watchdog.onRead(
      keys => this.#front.keys.type(keys),
      () => shell.interrupt(),
    );
    keepListeners();
    this.#show();
    // The first time takes longest, and is over before somebody asks.
    setImmediate(() => void candidatesFor('em.find(', 8, shell));
  }

  /**
   * Asks the user something. Nothing else is printed, and no other key is taken, until it is answered.
   *
   * @returns what was typed; undefined after Ctrl-C or Ctrl-D
   */
  async ask(question: string): Promise<string | undefined> {
    this.#reminder.stop();
    this.#question = new Question(question, !this.#front.echoes);
    const answer = await this.#question.answer;
    this.#question = undefined;
    return answer;
  }

  /** Keeps what is typed or pasted while a statement runs until it has answered. */
  #takeKeys(events: readonly KeyEvent[]): void {
    for (const event of events) {
      if (this.#question?.isOpen) this.#heldKeys = [...this.#question.take(event), ...this.#heldKeys];
      else if (this.#isRunning && event.kind === 'key' && event.key === 'C-c') this.#shell.interrupt();
      else this.#heldKeys = [...this.#heldKeys, event];
    }
    this.#releaseKeys();
  }

  #releaseKeys(): void {
    while (this.#heldKeys.length > 0 && this.#isReady) {
      const { effect, rest } = this.#editor.feed(this.#heldKeys);
      this.#heldKeys = rest;
      if (effect) this.#obey(effect);
    }
    if (this.#isReady) this.#show();
  }

  get #isReady(): boolean {
    return !this.#isRunning && !this.#question && !this.#isClosed && !this.#isAway;
  }

  #obey(effect: Effect): void {
    const { display, keys } = this.#front;
    if (effect.kind !== 'interrupt') this.#isLeaving = false;
    switch (effect.kind) {
      case 'run':
        display.finish({ ...this.#editor.view, text: effect.text });
        void this.#run(effect.text, effect.statements);
        break;
      case 'complete':
        void this.#complete(effect.text, effect.cursor);
        break;
      case 'interrupt':
        this.#takeCtrlC();
        break;
      case 'leave':
        void this.#leave();
        break;
      case 'clear':
        display.clear(this.#editor.view);
        break;
      case 'suspend':
        display.finish(this.#editor.view);
        this.#isAway = true;
        keys.suspend();
        // Where there is nothing to go to the background of, nothing brings it back.
        setTimeout(() => setImmediate(() => this.#comeBack()), awayMs);
        break;
      case 'edit':
        display.finish(this.#editor.view);
        this.#editor.replaceText(keys.lend(() => editElsewhere(effect.text, process.env)));
        break;
      case 'help':
        display.finish(this.#editor.view);
        void this.#explain(nameAt(effect.text, effect.cursor));
        break;
    }
  }

  /** Runs what was typed, statement by statement. What follows one that fails goes back into the editor. */
  async #run(text: string, statements: readonly string[]): Promise<void> {
    this.#isRunning = true;
    this.#reminder.stop();
    const python = isPythonText(text) ? await this.#python?.() : undefined;
    const rest = python
      ? await runPython(python, text, {
          show: line => this.#screen.write(line),
          refuse: error => this.#report(error),
          run: statement => this.#runOne(statement, true),
        })
      : await this.#runAll(statements, /^\S/.test(text));
    if (this.#isClosed) return;
    if (rest !== '') this.#editor.putBack(rest);
    this.#isRunning = false;
    this.#reminder.start();
    // What the statement has left to run comes first.
    setImmediate(() => this.#releaseKeys());
  }

  /** @returns what was not run */
  async #runAll(statements: readonly string[], isKept: boolean): Promise<string> {
    for (const [index, statement] of statements.entries())
      if (!(await this.#runOne(statement, isKept))) return statements.slice(index + 1).join('\n');
    return '';
  }

  /** @returns whether to go on */
  async #runOne(statement: string, isKept: boolean): Promise<boolean> {
    if (isKept) this.#remember(statement.replaceAll(/^\n+|\n+$/g, ''));
    const answer = await this.#respond(statement);
    if (this.#isSignalled) this.#close();
    else if (answer.kind === 'exit') await this.#leave(answer.code);
    return !this.#isClosed && answer.kind !== 'error' && answer.kind !== 'interrupted';
  }

  /** Shows what could be typed. Keys wait until it is known. */
  async #complete(text: string, cursor: number): Promise<void> {
    this.#isRunning = true;
    this.#editor.offer(await candidatesFor(text, cursor, this.#shell));
    this.#isRunning = false;
    this.#releaseKeys();
  }

  /** @param isSure whether another program has had the terminal */
  #comeBack(isSure = this.#isAway): void {
    this.#isAway = false;
    if (isSure && this.#isReady) this.#front.display.resume(this.#editor.view);
    this.#releaseKeys();
  }

  /** Shows help on a name, above what is typed. */
  async #explain(name: string): Promise<void> {
    this.#isRunning = true;
    await this.#respond(name === '' ? '.help' : `${name}?`);
    this.#isRunning = false;
    this.#releaseKeys();
  }

  async #respond(statement: string): Promise<Answer> {
    this.#watchdog.watch(true);
    try {
      const answer = await this.#shell.respond(statement);
      print(answer, { answers: this.#screen, errors: this.#screen });
      return answer;
    } finally {
      this.#watchdog.watch(false);
    }
  }

  /** Keeps a statement as one entry of the history, however many lines it has. */
  #remember(statement: string): void {
    if (statement.trim() === '') return;
    this.#editor.remember(statement);
    this.#history.add(statement);
  }

  #show(): void {
    this.#strays.listen();
    this.#front.display.show(this.#editor.view);
  }

  /** An error of no statement, above the line that is being typed. */
  #report(error: unknown): void {
    if (isLeaving(error) || isInterruption(error)) return;
    print({ kind: 'error', error }, { answers: this.#screen, errors: this.#screen });
  }

  /** Drops what is typed; leaves if the line is empty, the second time. */
  #takeCtrlC(): void {
    const isEmpty = this.#editor.text === '' && !this.#shell.session.isServerBusy;
    this.#shell.interrupt();
    if (isEmpty && this.#isLeaving) {
      void this.#leave();
      return;
    }
    this.#isLeaving = isEmpty;
    this.#front.display.finish(this.#editor.view);
    this.#editor.clear();
    if (isEmpty) process.stdout.write('(To leave, press Ctrl-C again, or Ctrl-D.)\n');
  }

  /** Leaves, after asking if that would lose anything. */
  async #leave(code = 0): Promise<void> {
    const { uncommitted } = this.#shell;
    if (!this.#isRunning) this.#front.display.finish(this.#editor.view);
    if (uncommitted !== '') {
      const typed = await this.ask(`Not committed: ${uncommitted}. Leave and lose it? [y/N] `);
      if (!/^y(es)?$/i.test(typed ?? '')) {
        this.#reminder.start();
        this.#releaseKeys();
        return;
      }
    }
    this.#exitCode = code;
    this.#close();
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#reminder.stop();
    this.#front.keys.close();
    this.#front.display.close();
    this.#end(this.#exitCode);
  }
}

/** The name at a place, with those before its dots; of what ends in a dot, what is before that. */
function nameAt(text: string, cursor: number): string {
  const end = /^[\w$]*/.exec(text.slice(cursor))?.[0].length ?? 0;
  return (
    /[\p{ID_Start}$_][\p{ID_Continue}$.]*(?<!\.)(?=\.?\(?$)/u.exec(text.slice(0, cursor + end))?.[0] ?? ''
  );
}
