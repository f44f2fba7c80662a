import type { ReadStream } from 'node:tty';
import { KeyDecoder } from '../editor/keys/key-decoder.ts';
import type { KeyEvent } from '../editor/keys/key-event.ts';

/** How long an Escape, or lines that came at once, may wait for more. A slow line takes that long between two bytes. */
const quietMs = 100;

/** How long going to the background may take. */
const awayMs = 50;

const bracketedPaste = { on: '\u001B[?2004h', off: '\u001B[?2004l' };

/** Where keys come from. */
export interface KeySource {
  /** Takes bytes as if they came from there. */
  readonly type: (bytes: string) => void;
  /** Whether the program is going to the background. */
  readonly isAway: boolean;
  /** Puts the program into the background, as Ctrl-Z does. */
  readonly suspend: () => void;
  /** Leaves the terminal to another program while that works. */
  readonly lend: <T>(work: () => T) => T;
  readonly close: () => void;
}

/** Reads keys from a terminal, which sends each of them at once and marks what is pasted. */
export class Keyboard implements KeySource {
  readonly #input: ReadStream;
  readonly #write: (bytes: string) => void;
  readonly #onKeys: (events: readonly KeyEvent[]) => void;
  readonly #onBack: () => void;
  readonly #decoder = new KeyDecoder();
  #timer: NodeJS.Timeout | undefined;
  #isAway = false;

  /**
   * @param write writes to the terminal
   * @param onBack called when the program is in the foreground again
   */
  constructor(
    input: ReadStream,
    write: (bytes: string) => void,
    onKeys: (events: readonly KeyEvent[]) => void,
    onBack: () => void,
  ) {
    this.#input = input;
    this.#write = write;
    this.#onKeys = onKeys;
    this.#onBack = onBack;
    this.#start();
    process.on('SIGCONT', this.#comeBack);
    // However the program ends, the terminal is as it was.
    process.on('exit', this.#stop);
    input.on('data', this.#take);
  }

  type(bytes: string): void {
    this.#take(bytes);
  }

  get isAway(): boolean {
    return this.#isAway;
  }

  suspend(): void {
    this.#stop();
    this.#isAway = true;
    process.kill(process.pid, 'SIGTSTP');
    // Where there is nothing to go to the background of, nothing brings it back.
    const comeBack = () => {
      if (this.#isAway) this.#comeBack();
    };
    setTimeout(() => setImmediate(comeBack), awayMs);
  }

  lend<T>(work: () => T): T {
    this.#stop();
    try {
      return work();
    } finally {
      this.#start();
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    process.off('exit', this.#stop);
    process.off('SIGCONT', this.#comeBack);
    this.#input.off('data', this.#take);
    this.#stop();
    this.#input.pause();
  }

  #start(): void {
    this.#input.setRawMode(true);
    this.#write(bracketedPaste.on);
  }

  /** The shell that had the terminal meanwhile has set it as it likes. */
  readonly #comeBack = (): void => {
    this.#isAway = false;
    this.#start();
    this.#onBack();
  };

  readonly #stop = (): void => {
    this.#write(bracketedPaste.off);
    this.#input.setRawMode(false);
  };

  readonly #take = (bytes: Uint8Array | string): void => {
    clearTimeout(this.#timer);
    const events = this.#decoder.feed(bytes);
    if (this.#decoder.waits) this.#timer = setTimeout(() => this.#onKeys(this.#decoder.flush()), quietMs);
    if (events.length > 0) this.#onKeys(events);
  };
}
