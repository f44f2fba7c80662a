import type { HiddenProperties } from '../../../src/index.ts';
import type { DatabaseName } from '../transcript.ts';
import type { Period } from './generalize-line.ts';
import type { RecordedStep } from './mask-secrets.ts';

/** A session that was recorded. */
export interface Recording {
  /** As the user named the file. */
  readonly path: string;
  readonly database: DatabaseName;
  readonly steps: readonly RecordedStep[];
  readonly hidden: HiddenProperties;
  /** When it was recorded: a date from then will be another one in the next run. */
  readonly period: Period;
}
