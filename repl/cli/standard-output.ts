import type { Channel, Output } from '../render/print.ts';
import type { Options } from './options.ts';

/** Answers on standard output, errors on standard error, each in color where a terminal shows it. */
export function standardOutput({ color, debug }: Pick<Options, 'color' | 'debug'>): Output {
  const channel = (stream: NodeJS.WriteStream): Channel => ({
    // A terminal may change its width at any time.
    get style() {
      return { width: process.stdout.columns || 80, color: color ?? stream.isTTY ?? false, debug };
    },
    write: text => void stream.write(`${text}\n`),
  });
  return { answers: channel(process.stdout), errors: channel(process.stderr) };
}
