import type { EventEmitter } from 'node:events';
import type { Key } from 'node:readline';
import { type REPLServer, start } from 'node:repl';

/** What a prompt gives its line editor. */
export interface LineEditorOptions {
  readonly color: boolean;
  /** The statements of earlier sessions, oldest first. */
  readonly history: readonly string[];
  /** @returns what to print before the next line */
  readonly prompt: () => string;
  /** @returns candidates for the end of a line, and the part of it that they replace */
  readonly complete: (line: string) => Promise<[candidates: string[], typed: string]>;
  /** Called with each line. The next prompt is shown when it is done. */
  readonly onLine: (line: string) => Promise<void>;
  /** Called with each key first. @returns whether it took the key, so that the editor leaves it alone */
  readonly onKey: (text: string, key: Key) => boolean;
  /** Called with an error that nothing has caught, as of a timer, or of a promise that is not awaited. */
  readonly onStray: (error: unknown) => void;
  /** Called on Ctrl-C. */
  readonly onInterrupt: () => void;
}

/** What `node:repl` has and its types do not tell. */
type Server = REPLServer & {
  history: string[];
  line: string;
  cursor: number;
  _ttyWrite: (text: string, key?: Key) => void;
  /** Where errors arrive that nothing has caught. */
  _domain: EventEmitter;
};

/** Edits lines with `node:repl`, and uses nothing else of it. */
export class LineEditor {
  readonly closed: Promise<void>;
  readonly #server: Server;
  readonly #edit: (text: string, key: Key) => void;

  constructor(options: LineEditorOptions) {
    const { color, history, prompt, complete, onLine, onKey, onStray, onInterrupt } = options;
    const server = start({
      prompt: prompt(),
      terminal: true,
      useColors: color,
      preview: false,
      ignoreUndefined: true,
      completer: (line: string, done: (error: null, result: [string[], string]) => void) =>
        void complete(line).then(result => done(null, result)),
      eval: (line, _context, _file, done) => void onLine(line).then(() => done(null, undefined)),
    }) as Server;
    this.#server = server;
    this.#edit = server._ttyWrite.bind(server);
    this.closed = new Promise(resolve => server.once('exit', resolve));
    server.history.push(...history.toReversed());
    // What is written to the server, and was not typed, has no key.
    server._ttyWrite = (text, key = {}) => {
      if (!onKey(text, key)) this.edit(text, key);
    };
    server.removeAllListeners('SIGINT');
    server.on('SIGINT', onInterrupt);
    const takeStray = (error: unknown) => {
      onStray(error);
      server.displayPrompt(true);
    };
    // Node's own listener looks into the error, which may throw; and errors of microtasks are of no domain.
    server._domain.removeAllListeners('error');
    server._domain.on('error', takeStray);
    listenTo(takeStray);
    server.displayPrompt = keepsCursor => {
      // A statement may have removed it, with all listeners of its own.
      if (!process.listeners('uncaughtException').includes(takeStray)) listenTo(takeStray);
      server.setPrompt(prompt());
      server.prompt(keepsCursor);
    };
    takeDottedLines(server, line => void onLine(line).then(() => server.displayPrompt()));
  }

  /** The line as typed so far. */
  get line(): string {
    return this.#server.line;
  }

  /** Drops what is typed in the line. */
  clear(): void {
    this.#server.line = '';
    this.#server.cursor = 0;
  }

  /** Edits the line with a key, without asking `onKey`. */
  edit(text: string, key: Key): void {
    this.#edit(text, key);
  }

  /** Types keys as if they came from the terminal. */
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

/** Takes errors that nothing has caught. Within the domain of `node:repl`, Node lets nothing listen to them. */
function listenTo(takeStray: (error: unknown) => void): void {
  const within = process as unknown as { domain: unknown };
  const { domain } = within;
  within.domain = undefined;
  process.on('uncaughtException', takeStray);
  within.domain = domain;
}

/** Treats lines that start with a dot as lines like any other: `node:repl` has no commands of its own here. */
function takeDottedLines(server: Server, onLine: (line: string) => void): void {
  const commands = server.commands as Record<string, unknown>;
  for (const name of Object.keys(commands)) delete commands[name];
  const others = new Proxy(Object.create(null) as object, {
    get: (_, name) =>
      typeof name === 'string'
        ? { action: (rest: string) => onLine(`.${name}${rest && ` ${rest}`}`) }
        : undefined,
  });
  Object.setPrototypeOf(commands, others);
}
