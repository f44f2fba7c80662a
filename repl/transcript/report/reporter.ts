import type { StepOutcome } from '../outcome.ts';
import type { Transcript } from '../transcript.ts';
import type { FileResult } from './file-result.ts';

/**
 * How `check` tells what happened. Each method returns the lines to print, without the last line break, or undefined
 * for none. Files end in the order in which they were named, even though they run in parallel.
 */
export interface Reporter {
  /** Whether a terminal shows how many files are done while others still run. */
  readonly showsProgress: boolean;
  readonly stepEnded?: (transcript: Transcript, outcome: StepOutcome) => string | undefined;
  readonly fileEnded?: (result: FileResult, style: ReportStyle) => string | undefined;
  readonly runEnded?: (results: readonly FileResult[], milliseconds: number) => string | undefined;
}

export interface ReportStyle {
  readonly color: boolean;
}
