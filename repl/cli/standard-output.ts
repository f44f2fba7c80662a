import type { Channel, Output } from '../render/print.ts';
import type { Options } from './options.ts';

/** The standard streams of the process. */
export interface StandardOutput extends Output {
  /**
   * Waits until everything that was written has gone out.
   *
   * @returns why standard output takes nothing more, such as the EPIPE of a reader that has left; undefined while it does
   */
  readonly flush: () => Promise<NodeJS.ErrnoException | undefined>;
}

/** Writes answers to standard output and errors to standard error, with color if a terminal shows it. */
export function standardOutput({ color, debug }: Pick<Options, 'color' | 'debug'>): StandardOutput {
  const channel = (stream: NodeJS.WriteStream): Channel => ({
    // The width of a terminal may change at any time.
    get style() {
      return { width: process.stdout.columns || 80, color: color ?? stream.isTTY ?? false, debug };
    },
    write: text => void stream.write(`${text}\n`),
  });
  return { answers: channel(process.stdout), errors: channel(process.stderr), flush };
}

/** Why standard output takes nothing more. */
let failure: NodeJS.ErrnoException | undefined;

/** Keeps errors of the standard streams from ending the program as errors that nobody takes; `flush` tells of them. */
export function takeStreamErrors(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => (failure ??= error));
  process.stderr.on('error', () => undefined);
}

/** Waits until everything that was written has gone out. @see StandardOutput.flush */
export async function flush(): Promise<NodeJS.ErrnoException | undefined> {
  await Promise.all(
    [process.stdout, process.stderr].map(stream => new Promise(done => stream.write('', done))),
  );
  return failure;
}
