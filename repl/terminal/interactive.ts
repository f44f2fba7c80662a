import { Recoverable, start, type REPLServer } from 'node:repl';
import type { Key } from 'node:readline';
import { Chalk } from 'chalk';
import { complete } from '../complete/complete.ts';
import { render, type Style } from '../render/render.ts';
import type { Shell } from '../shell.ts';
import { History, historyPath } from './history.ts';

/**
 * The prompt at a terminal.
 *
 * @returns the exit code, when the person leaves
 */
export async function interact(shell: Shell, { color }: Pick<Style, 'color'>): Promise<number> {
  const history = new History(historyPath(process.env));
  const earlier = await history.load();
  process.stdout.write(`${banner(shell, color)}\n`);
  const server = new Prompt(shell, history, color);
  server.remember(earlier);
  return server.left;
}

function banner(shell: Shell, color: boolean): string {
  const { database, entities } = shell.session;
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const names = Object.keys(entities).toSorted().join(', ');
  return `${chalk.bold('mikroscope')} on ${chalk.cyan(database.url)} with the demo blog (${names}). ${chalk.dim('help() for help, Ctrl-D to leave.')}`;
}

/** What `node:repl` has and its types leave out. */
type Terminal = REPLServer & { history: string[]; _ttyWrite: (text: string, key: Key) => void };

/** `node:repl` with a shell behind it: keys wait while a statement runs, and Ctrl-C stops it. */
class Prompt {
  readonly left: Promise<number>;
  readonly #server: Terminal;
  readonly #shell: Shell;
  readonly #history: History;
  readonly #color: boolean;
  readonly #waiting: [text: string, key: Key][] = [];
  #running = false;

  constructor(shell: Shell, history: History, color: boolean) {
    this.#shell = shell;
    this.#history = history;
    this.#color = color;
    this.#server = start({
      prompt: '> ',
      terminal: true,
      useColors: color,
      preview: false,
      ignoreUndefined: true,
      completer: (line: string) => complete(line, shell),
      eval: (text, _context, _file, done) => {
        this.#evaluate(text, done);
      },
      writer: (shown: string) => shown,
    }) as Terminal;
    this.left = new Promise(resolve => this.#server.once('exit', () => resolve(0)));
    this.#defineCommands();
    this.#holdKeysWhileRunning();
    process.on('SIGINT', () => shell.interrupt());
  }

  remember(entries: readonly string[]): void {
    this.#server.history.push(...entries.toReversed());
  }

  #evaluate(text: string, done: (error: Error | null, shown?: string) => void): void {
    if (this.#shell.read(text).kind === 'incomplete') {
      done(new Recoverable(new SyntaxError('Unexpected end of input')));
      return;
    }
    void this.#respond(text.replace(/\n$/, '')).then(shown => done(null, shown));
  }

  async #respond(text: string): Promise<string | undefined> {
    this.#running = true;
    // Outside raw mode the terminal turns Ctrl-C into a signal, which also reaches code that never waits.
    process.stdin.setRawMode(false);
    try {
      if (text.trim() !== '') await this.#history.add(text);
      const answer = await this.#shell.respond(text);
      if (answer.kind === 'exit') setImmediate(() => this.#server.close());
      return render(answer, { width: process.stdout.columns || 80, color: this.#color });
    } finally {
      process.stdin.setRawMode(true);
      this.#running = false;
      setImmediate(() => this.#replay());
    }
  }

  #defineCommands(): void {
    const commands = this.#server.commands as Record<string, unknown>;
    for (const name of ['load', 'save', 'clear']) delete commands[name];
    for (const [name, help] of [
      ['help', 'What there is, or one command explained'],
      ['exit', 'Leave'],
    ] as const) {
      this.#server.defineCommand(name, {
        help,
        action: argument => {
          void this.#respond(`.${name} ${argument}`).then(shown => {
            if (shown !== undefined) process.stdout.write(`${shown}\n`);
            this.#server.displayPrompt();
          });
        },
      });
    }
  }

  /** What is typed or pasted while a statement runs is taken when it has answered. */
  #holdKeysWhileRunning(): void {
    const write = this.#server._ttyWrite.bind(this.#server);
    this.#server._ttyWrite = (text, key) => {
      if (this.#running || this.#waiting.length > 0) this.#waiting.push([text, key]);
      else write(text, key);
    };
    this.#write = write;
  }

  #write: (text: string, key: Key) => void = () => undefined;

  #replay(): void {
    while (!this.#running) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#write(...next);
    }
  }
}
