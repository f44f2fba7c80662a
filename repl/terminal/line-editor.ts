import type { Key } from 'node:readline';
import { type REPLServer, start } from 'node:repl';

/** What a line editor asks of the prompt. */
export interface LineEditorOptions {
  readonly color: boolean;
  /** The statements of earlier sessions, oldest first. */
  readonly history: readonly string[];
  /** What stands before the next line. */
  readonly prompt: () => string;
  /** @returns candidates for the end of a line, and the part of it that they replace */
  readonly complete: (line: string) => [candidates: string[], typed: string];
  /** Takes a line that was entered; the next prompt is shown when it is done. */
  readonly onLine: (line: string) => Promise<void>;
  /** Takes a key before the editor does. @returns whether the editor is to leave it alone */
  readonly onKey: (text: string, key: Key) => boolean;
  /** Takes Ctrl-C. */
  readonly onInterrupt: () => void;
}

/** What `node:repl` has and its types leave out. */
type Server = REPLServer & {
  history: string[];
  line: string;
  cursor: number;
  _ttyWrite: (text: string, key: Key) => void;
};

/** `node:repl`, of which nothing is left but the editing of lines. */
export class LineEditor {
  readonly closed: Promise<void>;
  readonly #server: Server;
  readonly #edit: (text: string, key: Key) => void;

  constructor({ color, history, prompt, complete, onLine, onKey, onInterrupt }: LineEditorOptions) {
    const server = start({
      prompt: prompt(),
      terminal: true,
      useColors: color,
      preview: false,
      ignoreUndefined: true,
      completer: complete,
      eval: (line, _context, _file, done) => void onLine(line).then(() => done(null, undefined)),
    }) as Server;
    this.#server = server;
    this.#edit = server._ttyWrite.bind(server);
    this.closed = new Promise(resolve => server.once('exit', resolve));
    server.history.push(...history.toReversed());
    server._ttyWrite = (text, key) => {
      if (!onKey(text, key)) this.edit(text, key);
    };
    server.removeAllListeners('SIGINT');
    server.on('SIGINT', onInterrupt);
    server.displayPrompt = keepsCursor => {
      server.setPrompt(prompt());
      server.prompt(keepsCursor);
    };
    takeDottedLines(server, line => void onLine(line).then(() => server.displayPrompt()));
  }

  /** What is typed in the line so far. */
  get line(): string {
    return this.#server.line;
  }

  /** Drops what is typed in the line. */
  clear(): void {
    this.#server.line = '';
    this.#server.cursor = 0;
  }

  /** Takes a key as if it were pressed now, whatever `onKey` says. */
  edit(text: string, key: Key): void {
    this.#edit(text, key);
  }

  /** Takes keys as if they came from the terminal. */
  type(keys: string): void {
    this.#server.write(keys);
  }

  showPrompt(keepsCursor = false): void {
    this.#server.displayPrompt(keepsCursor);
  }

  /** Makes the last lines of the history one entry. */
  joinHistory(lines: number, entry: string): void {
    this.#server.history.splice(0, lines, entry);
  }

  close(): void {
    this.#server.close();
  }
}

/** A line that begins with a dot is a line as any other, and no command of `node:repl`; all but its `.editor`. */
function takeDottedLines(server: Server, onLine: (line: string) => void): void {
  const commands = server.commands as Record<string, unknown>;
  for (const name of Object.keys(commands)) if (name !== 'editor') delete commands[name];
  const others = new Proxy(Object.create(null) as object, {
    get: (_, name) =>
      typeof name === 'string'
        ? { action: (rest: string) => onLine(`.${name}${rest && ` ${rest}`}`) }
        : undefined,
  });
  Object.setPrototypeOf(commands, others);
}
