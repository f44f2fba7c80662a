import { visible } from '../../src/index.ts';
import type { Channel, Output } from '../render/print.ts';
import { flush } from './flush.ts';
import type { Options } from './options.ts';

/** The standard streams of the process. */
export interface StandardOutput extends Output {
  readonly flush: typeof flush;
}

/** Writes answers to standard output and errors to standard error, with color if a terminal shows it. */
export function standardOutput({ color, debug }: Pick<Options, 'color' | 'debug'>): StandardOutput {
  const channel = (stream: NodeJS.WriteStream): Channel => ({
    // The width of a terminal may change at any time.
    get style() {
      return { width: process.stdout.columns || 80, color: color ?? stream.isTTY ?? false, debug };
    },
    write: text => void stream.write(`${visible(text, color ?? stream.isTTY)}\n`),
  });
  return { answers: channel(process.stdout), errors: channel(process.stderr), flush };
}
