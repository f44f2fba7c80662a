import type { Effect } from '../editor/effect.ts';
import type { PythonOfShell } from '../python/steps.ts';
import { Editor } from '../editor/editor.ts';
import type { KeyEvent } from '../editor/keys/key-event.ts';
import { isInterruption, type Shell } from '../shell.ts';
import type { History } from './history.ts';
import { isLeaving, mayLeave } from './leaving.ts';
import { listen } from './listen.ts';
import { candidatesFor } from './completion.ts';
import { type Front, openFront } from './front.ts';
import { IdleReminder } from './idle-reminder.ts';
import { nameAt } from './name-at.ts';
import { Question } from './question.ts';
import { obeyAtTerminal } from './obey-at-terminal.ts';
import type { Prompt, PromptOptions } from './prompt.ts';
import { isPythonText, runPython } from './python-paste.ts';
import { Respondent } from './respondent.ts';
import type { Strays } from './strays.ts';
import { isKnownTo, languageOf } from './typed-language.ts';
import type { Watchdog } from './watchdog.ts';

/** How long Ctrl-C still means the statement that it has interrupted, in ms: a key that is held comes many times. */
const interruptedMs = 1000;

/** Answers one statement at a time: while it runs, keys wait and Ctrl-C stops it. */
export class LivePrompt implements Prompt {
  /** The exit code, when the user leaves. */
  readonly left: Promise<number>;
  readonly #end: (code: number) => void;
  readonly #editor: Editor;
  readonly #front: Front;
  readonly #shell: Shell;
  readonly #history: History;
  readonly #watchdog: Watchdog;
  readonly #respondent: Respondent;
  readonly #reminder: IdleReminder;
  readonly #strays: Strays;
  /** Told when a statement begins to run, and when none does any more. */
  readonly #tellRunning: (isRunning: boolean) => void;
  readonly #guide: PromptOptions['guide'];
  readonly #python: PromptOptions['python'];
  #heldKeys: readonly KeyEvent[] = [];
  #isRunning = false;
  #exitCode = 0;
  #isSignalled = false;
  #isClosed = false;
  /** Whether the last key was Ctrl-C on an empty line. */
  #isLeaving = false;
  /** Until when Ctrl-C is of the statement before. */
  #interruptedUntil = 0;
  #question: Question | undefined;
  /** Whether what the guide proposes stands as it is. */
  #isProposed = false;
  /** What the running statement wants typed. */
  #pasted: string | undefined;

  constructor(
    shell: Shell,
    watchdog: Watchdog,
    history: History,
    earlier: readonly string[],
    strays: Strays,
    options: PromptOptions,
  ) {
    const { screen, answers = screen, prompt, idleTransactionMs = 60_000 } = options;
    this.#shell = shell;
    this.#python = options.python;
    this.#history = history;
    this.#strays = strays;
    this.#guide = options.guide;
    this.#watchdog = watchdog;
    this.#respondent = new Respondent(shell, watchdog, { answers, errors: screen });
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
      colors: options.colors ?? {},
      isKnown: name => isKnownTo(shell, name),
      onKeys: events => this.#takeKeys(events),
      onBack: () => this.#comeBack(),
      onEnd: () => this.#close(),
    });
    this.#tellRunning = listen(shell, watchdog, strays, {
      onInterrupt: () => this.#interruptBySignal(),
      onExit: code => void this.#leave(code),
      onSignal: code => {
        this.#isSignalled = true;
        this.#exitCode = code;
      },
      onEnd: () => this.#close(),
      onError: error => this.#report(error),
      onKeys: keys => this.#front.keys.type(keys),
    });
    this.#propose();
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

  paste(text: string): void {
    this.#pasted = text;
  }

  clear(): void {
    this.#front.display.clear(this.#editor.view);
  }

  lend<T>(work: () => T): T {
    // It would take the other program's keys.
    this.#watchdog.watch(false);
    try {
      return this.#front.keys.lend(work);
    } finally {
      this.#watchdog.watch(true);
    }
  }

  /** Keeps what is typed or pasted while a statement runs until it has answered. */
  #takeKeys(events: readonly KeyEvent[]): void {
    for (const event of events) {
      if (this.#question?.isOpen) this.#heldKeys = [...this.#question.take(event), ...this.#heldKeys];
      else if (this.#isRunning && isCtrlC(event)) this.#shell.interrupt();
      else this.#heldKeys = [...this.#heldKeys, event];
    }
    this.#releaseKeys();
  }

  #releaseKeys(): void {
    if (this.#editor.text === '') for (const entry of this.#history.takeNew()) this.#editor.remember(entry);
    while (this.#heldKeys.length > 0 && this.#isReady) {
      this.#typeOver(this.#heldKeys);
      const { effect, rest } = this.#editor.feed(this.#heldKeys);
      this.#heldKeys = rest;
      if (effect) this.#obey(effect);
    }
    if (this.#isReady) this.#show();
    // Ctrl-C that came at once with the Enter before it is of the statement that this has begun.
    else if (this.#heldKeys.some(isCtrlC)) setImmediate(() => this.#takeHeldCtrlC());
  }

  /** Nothing else of what was typed before a question answers it. */
  #takeHeldCtrlC(): void {
    if (!this.#isRunning) return;
    const pressed = this.#heldKeys.filter(isCtrlC);
    this.#heldKeys = this.#heldKeys.filter(event => !isCtrlC(event));
    this.#takeKeys(pressed);
  }

  get #isReady(): boolean {
    return !this.#isRunning && !this.#question && !this.#isClosed && !this.#front.keys.isAway;
  }

  #obey(effect: Effect): void {
    const { display } = this.#front;
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
      case 'help':
        display.finish(this.#editor.view);
        void this.#explain(nameAt(effect.text, effect.cursor));
        break;
      default:
        obeyAtTerminal(effect, this.#front, this.#editor);
    }
  }

  /** Runs what was typed, statement by statement. What follows one that fails goes back into the editor. */
  async #run(text: string, statements: readonly string[]): Promise<void> {
    this.#isRunning = true;
    this.#tellRunning(true);
    this.#reminder.stop();
    const python = isPythonText(text) ? await this.#python?.() : undefined;
    const forShell = statements.filter(statement => this.#guide?.takes(statement) !== true);
    const rest = python
      ? await this.#runPython(python, text)
      : await this.#runAll(text, forShell, /^\S/.test(text));
    if (this.#isSignalled) this.#close();
    if (this.#isClosed) return;
    await this.#guide?.goOn(text);
    if (this.#pasted !== undefined) {
      this.#heldKeys = [{ kind: 'paste', text: before(this.#pasted, rest) }, ...this.#heldKeys];
      this.#pasted = undefined;
    } else if (rest.length > 0) this.#editor.putBack(rest.join('\n'));
    this.#isRunning = false;
    this.#front.keys.resume();
    this.#tellRunning(false);
    this.#propose();
    this.#reminder.start();
    // What the statement has left to run comes first.
    setImmediate(() => this.#releaseKeys());
  }

  /** Puts at the prompt what the guide proposes. */
  #propose(): void {
    const proposal = this.#guide?.proposal ?? '';
    this.#isProposed = proposal !== '' && this.#editor.text === '';
    if (this.#isProposed) this.#editor.replaceText(proposal);
  }

  /** What is typed takes the place of a proposal; keys that edit or run it do not. */
  #typeOver([next]: readonly KeyEvent[]): void {
    if (this.#isProposed && next?.kind !== 'key') this.#editor.clear();
    this.#isProposed = false;
  }

  /** Runs statements up to one that fails. A blank before what was typed keeps it out of the history. @returns the others */
  #runAll(
    text: string,
    statements: readonly string[],
    isKept: boolean,
    failed = () => {},
  ): Promise<readonly string[]> {
    return this.#respondent.respondAll(text, statements, {
      mayRun: statement => {
        if (this.#isSignalled || this.#isClosed || this.#pasted !== undefined) return false;
        if (isKept) this.#remember(statement.replaceAll(/^\n+|\n+$/g, ''));
        return true;
      },
      leave: code => this.#leave(code),
      interrupted: () => {
        this.#interruptedUntil = performance.now() + interruptedMs;
      },
      failed,
    });
  }

  /** Shows the TypeScript of Python and runs it. @returns the lines that were not run */
  #runPython(python: PythonOfShell, text: string): Promise<readonly string[]> {
    let goesOn = true;
    return runPython(python, text, {
      answer: answer => this.#respondent.print(answer),
      run: async statement => {
        await this.#runAll(statement, [statement], true, () => (goesOn = false));
        return goesOn && !this.#isClosed && !this.#isSignalled && this.#pasted === undefined;
      },
    });
  }

  /** Shows what could be typed. */
  #complete(text: string, cursor: number): Promise<void> {
    return this.#whileKeysWait(async () => {
      this.#editor.offer(await candidatesFor(text, cursor, this.#shell));
    });
  }

  /** Another program has had the terminal. */
  #comeBack(): void {
    if (this.#isReady) this.#front.display.resume(this.#editor.view);
    this.#releaseKeys();
  }

  /** Shows help on a name, above what is typed. */
  #explain(name: string): Promise<void> {
    return this.#whileKeysWait(() => this.#respondent.respond(name === '' ? '.help' : `${name}?`));
  }

  async #whileKeysWait(work: () => Promise<unknown>): Promise<void> {
    this.#isRunning = true;
    await work();
    this.#isRunning = false;
    this.#releaseKeys();
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
    this.#respondent.print(this.#shell.failure(error));
  }

  /** A terminal that edits its lines itself sends the signal and no key. */
  #interruptBySignal(): void {
    if (!this.#front.echoes) return;
    process.stdout.write('\n');
    this.#takeKeys([{ kind: 'key', key: 'C-c' }]);
  }

  /** Drops what is typed; leaves if the line is empty, the second time. */
  #takeCtrlC(): void {
    const isEmpty = this.#editor.text === '' && !this.#shell.session.isServerBusy;
    if (isEmpty && performance.now() < this.#interruptedUntil) return;
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
    if (!this.#isRunning) this.#front.display.finish(this.#editor.view);
    if (this.#guide || (await mayLeave(this.#shell, question => this.ask(question)))) {
      this.#exitCode = code;
      this.#close();
    } else {
      this.#reminder.start();
      this.#releaseKeys();
    }
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

function isCtrlC(event: KeyEvent): boolean {
  return event.kind === 'key' && event.key === 'C-c';
}

/** A text, and the statements after it; they run if the text does. */
function before(text: string, statements: readonly string[]): string {
  const end = text.endsWith('\n') ? '\n' : '';
  return [text.slice(0, text.length - end.length), ...statements].join('\n') + end;
}
