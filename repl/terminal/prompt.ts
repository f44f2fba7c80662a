import type { Key } from 'node:readline';
import { start, type REPLServer } from 'node:repl';
import { complete } from '../complete/complete.ts';
import type { Ask } from '../guard.ts';
import { render, type Style } from '../render/render.ts';
import type { Shell } from '../shell.ts';
import { History, historyPath } from './history.ts';
import type { Watchdog } from './watchdog.ts';

/** How a prompt looks. */
export interface PromptStyle extends Pick<Style, 'color'> {
  /** What stands above it; nothing where it was printed already. */
  readonly greeting?: string;
  /** What stands before each statement. */
  readonly prompt: string;
  /** How long a transaction may stay open with nothing typed before it is mentioned, in milliseconds. */
  readonly idleTransactionMs?: number;
  /** Given a way to ask the person something while a statement runs. */
  readonly onReady?: (ask: Ask) => void;
}

/**
 * The prompt at a terminal.
 *
 * @param watchdog stops the shell's statements from another thread
 * @returns the exit code, when the person leaves
 */
export async function interact(shell: Shell, watchdog: Watchdog, style: PromptStyle): Promise<number> {
  const history = new History(historyPath(process.env));
  const earlier = await history.load();
  if (style.greeting !== undefined) process.stdout.write(`${style.greeting}\n`);
  const prompt = new Prompt(shell, watchdog, history, earlier, style);
  style.onReady?.(question => prompt.ask(question));
  return prompt.left;
}

/** What `node:repl` has and its types leave out. */
type Terminal = REPLServer & { history: string[]; _ttyWrite: (text: string, key: Key) => void };

/** What the person is asked, and has typed so far. */
interface Question {
  typed: string;
  readonly resolve: (typed: string | undefined) => void;
}

/** `node:repl` with a shell behind it: keys wait while a statement runs, and Ctrl-C stops it. */
class Prompt {
  readonly left: Promise<number>;
  readonly #server: Terminal;
  readonly #shell: Shell;
  readonly #history: History;
  readonly #style: PromptStyle;
  readonly #watchdog: Watchdog;
  readonly #heldKeys: [text: string, key: Key][] = [];
  #lines: string[] = [];
  #running = false;
  #leaving = false;
  #question: Question | undefined;
  #idle: NodeJS.Timeout | undefined;

  constructor(
    shell: Shell,
    watchdog: Watchdog,
    history: History,
    earlier: readonly string[],
    style: PromptStyle,
  ) {
    this.#shell = shell;
    this.#watchdog = watchdog;
    this.#history = history;
    this.#style = style;
    this.#server = start({
      prompt: style.prompt,
      terminal: true,
      useColors: style.color,
      preview: false,
      ignoreUndefined: true,
      completer: (line: string) => complete(line, shell),
      eval: (line, _context, _file, done) => void this.#take(line).then(shown => done(null, shown)),
      writer: (shown: string) => shown,
    }) as Terminal;
    this.#server.history.push(...earlier.toReversed());
    this.left = new Promise(resolve => this.#server.once('exit', () => resolve(0)));
    this.#takeDottedLines();
    this.#takeCtrlC();
    this.#takeKeys();
    watchdog.onRead(
      keys => this.#server.write(keys),
      () => shell.interrupt(),
    );
    this.#server.displayPrompt = preserve => {
      this.#server.setPrompt(this.#lines.length > 0 ? '... ' : style.prompt);
      this.#server.prompt(preserve);
    };
  }

  /** @returns what to print once the statement is whole and has run */
  async #take(line: string): Promise<string | undefined> {
    this.#leaving = false;
    this.#lines.push(line.replaceAll(/\r\n?/g, '\n').replace(/\n$/, ''));
    const text = this.#lines.join('\n');
    if (this.#shell.read(text).kind === 'incomplete') return undefined;
    this.#remember(text);
    this.#lines = [];
    return this.#respond(text);
  }

  /** One statement is one entry of the history, however many lines it took. */
  #remember(text: string): void {
    if (text.trim() === '') return;
    if (this.#lines.length > 1) this.#server.history.splice(0, this.#lines.length, text);
    this.#history.add(text);
  }

  async #respond(text: string): Promise<string | undefined> {
    this.#running = true;
    clearTimeout(this.#idle);
    this.#watchdog.watch(true);
    try {
      const answer = await this.#shell.respond(text);
      if (answer.kind === 'exit') setImmediate(() => this.#leave());
      return render(answer, { width: process.stdout.columns || 80, color: this.#style.color });
    } finally {
      this.#watchdog.watch(false);
      this.#running = false;
      this.#watchTransaction();
      setImmediate(() => this.#replayKeys());
    }
  }

  /** A line that begins with a dot is the shell's to answer, also a word that it does not know. */
  #takeDottedLines(): void {
    const commands = this.#server.commands as Record<string, unknown>;
    for (const name of Object.keys(commands)) if (name !== 'editor') delete commands[name];
    const all = new Proxy(Object.create(null) as object, {
      get: (_, name) =>
        typeof name === 'string' ? { action: (rest: string) => this.#dotted(name, rest) } : undefined,
    });
    Object.setPrototypeOf(commands, all);
  }

  #dotted(name: string, rest: string): void {
    void this.#take(`.${name}${rest && ` ${rest}`}`).then(shown => {
      if (shown !== undefined) process.stdout.write(`${shown}\n`);
      this.#server.displayPrompt();
    });
  }

  /** Ctrl-C drops what is typed, or stops what runs; twice on an empty line leaves. */
  #takeCtrlC(): void {
    process.on('SIGINT', () => this.#shell.interrupt());
    this.#server.removeAllListeners('SIGINT');
    this.#server.on('SIGINT', () => {
      const empty = this.#lines.length === 0 && this.#server.line === '';
      if (empty && this.#leaving) {
        this.#leave();
        return;
      }
      this.#leaving = empty;
      this.#lines = [];
      process.stdout.write(empty ? '\n(To leave, press Ctrl-C again, or Ctrl-D.)\n' : '\n');
      (this.#server as { line: string; cursor: number }).line = '';
      (this.#server as { line: string; cursor: number }).cursor = 0;
      this.#server.displayPrompt();
    });
  }

  /** Leaves, but asks first if that would lose anything. */
  #leave(): void {
    if (this.#shell.uncommitted === '') {
      this.#server.close();
      return;
    }
    void this.ask(`\nNot committed: ${this.#shell.uncommitted}. Leave and lose it? [y/N] `).then(typed => {
      if (/^y(es)?$/i.test(typed ?? '')) this.#server.close();
      else this.#server.displayPrompt();
    });
  }

  /**
   * Asks the person something; keys go there until Enter.
   *
   * @returns what was typed; undefined after Ctrl-C or Ctrl-D
   */
  ask(question: string): Promise<string | undefined> {
    process.stdout.write(question);
    return new Promise(resolve => (this.#question = { typed: '', resolve }));
  }

  #answer(question: Question, text: string, key: Key): void {
    const isGone = key.ctrl && (key.name === 'c' || key.name === 'd');
    if (isGone || key.name === 'return' || key.name === 'enter') {
      this.#question = undefined;
      process.stdout.write('\n');
      question.resolve(isGone ? undefined : question.typed);
    } else if (key.name === 'backspace') {
      if (question.typed !== '') process.stdout.write('\b \b');
      question.typed = question.typed.slice(0, -1);
    } else if (text && !key.ctrl && !key.meta) {
      question.typed += text;
      process.stdout.write(text);
    }
  }

  /** A transaction that stays open holds locks that others wait for. */
  #watchTransaction(): void {
    if (!this.#shell.session.inTransaction) return;
    const idleMs = this.#style.idleTransactionMs ?? 60_000;
    const mention = () => {
      process.stdout.write(
        `\r\u001B[KA transaction has been open for ${Math.round(idleMs / 1000)} s, and others may be waiting for it: commit() or rollback() ends it.\n`,
      );
      this.#server.displayPrompt(true);
    };
    this.#idle = setTimeout(mention, idleMs).unref();
  }

  /** What is typed or pasted while a statement runs is taken when it has answered. */
  #takeKeys(): void {
    const write = this.#server._ttyWrite.bind(this.#server);
    this.#server._ttyWrite = (text, key) => {
      if (this.#question) this.#answer(this.#question, text, key);
      else if (this.#running && key.ctrl && key.name === 'c') this.#shell.interrupt();
      else if (this.#running || this.#heldKeys.length > 0) this.#heldKeys.push([text, key]);
      else this.#typeKey(text, key);
    };
    this.#typeKey = (text, key) => {
      if (key.ctrl && key.name === 'd' && this.#server.line === '' && this.#lines.length === 0) this.#leave();
      else write(text, key);
    };
  }

  #typeKey: (text: string, key: Key) => void = () => undefined;

  #replayKeys(): void {
    while (!this.#running) {
      const next = this.#heldKeys.shift();
      if (!next) return;
      this.#typeKey(...next);
    }
  }
}
