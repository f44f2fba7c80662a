import type { WriteStream } from 'node:tty';

type Write = WriteStream['write'];

/**
 * Sees what anything but the prompt writes to the terminal, as a timer that prints while somebody types, so that the
 * prompt can make room for it.
 */
export class ScreenOutput {
  readonly #originals = new Map<WriteStream, Write>();
  readonly #write: Write;
  #endsLine = true;

  /**
   * @param screen what the prompt is drawn on
   * @param streams what else leads to the same terminal
   * @param onForeign called before something else is written
   */
  constructor(screen: WriteStream, streams: readonly WriteStream[], onForeign: () => void) {
    this.#write = screen.write.bind(screen);
    for (const stream of new Set([screen, ...streams])) {
      // oxlint-disable-next-line typescript/unbound-method
      this.#originals.set(stream, stream.write);
      const write = stream.write.bind(stream);
      stream.write = (chunk: Uint8Array | string, ...rest: []) => {
        onForeign();
        this.#endsLine = endsLine(chunk, this.#endsLine);
        return write(chunk, ...rest);
      };
    }
  }

  /** Writes what is the prompt's own. */
  readonly write = (bytes: string): void => {
    this.#write(bytes);
  };

  /** Goes to the start of a line, if it is not there. */
  startLine(): void {
    if (!this.#endsLine) this.#write('\r\n');
    this.#endsLine = true;
  }

  close(): void {
    for (const [stream, write] of this.#originals) stream.write = write;
  }
}

function endsLine(chunk: Uint8Array | string, before: boolean): boolean {
  const last = chunk.at(-1);
  return last === undefined ? before : last === '\n' || last === 10;
}
