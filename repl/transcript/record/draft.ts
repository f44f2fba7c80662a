import { quoteLine } from './generalize-line.ts';
import { maskSecrets } from './mask-secrets.ts';
import type { Recording } from './recording.ts';

/** A step of a recording as it will be written. */
export interface Draft {
  readonly typed: string;
  readonly expected: readonly string[];
  /** What it printed when it was recorded. */
  readonly output: readonly string[];
  /** Whether a mask stands in what it printed, which a replay may print otherwise. */
  readonly isMasked: boolean;
}

/** The steps of a recording as they were recorded, with masks in the place of secrets. */
export function draftsOf({ steps, hidden, period }: Recording): Draft[] {
  return maskSecrets(steps, hidden).map(({ typed, output }, index) => ({
    typed: typed.replace(/^\n+/, ''),
    output,
    isMasked: output.join('\n') !== steps[index]?.output.join('\n'),
    expected: output.map(line => quoteLine(line, period)),
  }));
}
