import type { FileOutcome } from '../outcome.ts';
import { isErrorLine } from '../parse/read-expectation.ts';
import { parseTranscript } from '../parse/parse-transcript.ts';
import type { Transcript } from '../transcript.ts';
import { type Draft, draftsOf } from './draft.ts';
import { generalizeStep } from './generalize-step.ts';
import type { Recording } from './recording.ts';
import { writeRecording } from './write-recording.ts';

/** A recording as a transcript. */
export interface Recorded {
  readonly text: string;
  /** The steps that behave differently on a fresh database, as sentences with their lines. */
  readonly differences: readonly string[];
}

/** What each step printed in a replay; undefined for one that did not run to its end. */
type Printed = readonly (readonly string[] | undefined)[];

/**
 * Writes a recording as a transcript and plays it on a fresh database. A value that differs there, such as an id or a
 * date, becomes the narrowest wildcard, and what differs from one replay to the next any wildcard that it needs. What
 * differs for another reason stays as it was recorded and is named. What was typed never changes.
 *
 * @param replay plays a transcript on a fresh database
 */
export async function finishRecording(
  recording: Recording,
  replay: (transcript: Transcript) => Promise<FileOutcome>,
): Promise<Recorded> {
  const { path, database, period } = recording;
  const drafts = draftsOf(recording);
  const play = async (createsTables: boolean) => {
    const text = writeRecording(path, database, drafts, createsTables);
    const { steps, error } = await replay(parseTranscript(path, text));
    return { text, error, steps: steps.slice(createsTables ? 1 : 0) };
  };
  let first = await play(false);
  const createsTables = lacksTables(drafts, printedIn(first));
  if (createsTables) first = await play(true);
  const { text, error } = first;
  if (error !== undefined) return { text, differences: [`It could not be played: ${error}`] };
  const printed = printedIn(first);
  const values = drafts.map((draft, index) => generalizeStep(draft, printed.slice(index, index + 1), period));
  // Where values alone do not explain the difference, another replay tells what is random from what was there before.
  const again = values.includes(undefined) ? printedIn(await play(createsTables)) : printed;
  const generalized = drafts.map(
    (draft, index) => values[index] ?? generalizeStep(draft, [printed[index], again[index]], period),
  );
  return {
    text: writeRecording(
      path,
      database,
      drafts.map((draft, index) => generalized[index] ?? draft),
      createsTables,
    ),
    differences: drafts.flatMap((draft, index) =>
      generalized[index] === undefined
        ? [`${path}:${first.steps[index]?.line ?? 1}: ${differenceOf(draft, printed[index])}`]
        : [],
    ),
  };
}

function printedIn({ steps }: Pick<FileOutcome, 'steps'>): Printed {
  return steps.map(({ actual }) => actual?.output);
}

/** Whether the tables existed before the recording began. */
function lacksTables(drafts: readonly Draft[], printed: Printed): boolean {
  const isMissingTable = (lines: readonly string[] = []) =>
    lines.some(line => line.startsWith('Uncaught MissingTable'));
  return printed.some((lines, index) => isMissingTable(lines) && !isMissingTable(drafts[index]?.output));
}

/** How a step differs from its recording, as a sentence with what to do. */
function differenceOf({ output }: Draft, printed: readonly string[] | undefined): string {
  return `on a fresh database this ${resultOf(output, printed)}. Type what it needs from before the recording in the transcript.`;
}

function resultOf(recorded: readonly string[], printed: readonly string[] | undefined): string {
  if (printed === undefined) return 'does not end';
  const thrown = printed.find(isErrorLine);
  if (thrown !== undefined) return `gives ${thrown.replace('Uncaught ', '')}`;
  if (recorded.some(isErrorLine)) return 'gives no error';
  const line = printed.find((each, index) => each !== recorded[index]);
  if (printed.length === 0) return 'prints nothing';
  return line === undefined ? 'prints less' : `prints ${line.trim()}`;
}
