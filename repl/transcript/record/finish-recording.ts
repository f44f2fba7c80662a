import type { HiddenProperties } from '../../../src/index.ts';
import { align } from '../compare/align.ts';
import { matchLines } from '../compare/match-lines.ts';
import type { FileOutcome } from '../outcome.ts';
import { isErrorLine } from '../parse/read-expectation.ts';
import { parseTranscript } from '../parse/parse-transcript.ts';
import { anyLines } from '../parse/pattern.ts';
import type { DatabaseName, Transcript } from '../transcript.ts';
import type { Draft } from './draft.ts';
import { generalizeLine, type Period, quoteLine } from './generalize-line.ts';
import { maskSecrets, type RecordedStep } from './mask-secrets.ts';
import { nameValues } from './name-values.ts';
import { writeRecording } from './write-recording.ts';

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

/** A recording as a transcript. */
export interface Recorded {
  readonly text: string;
  /** The steps that behave differently on a fresh database, as sentences with their lines. */
  readonly differences: readonly string[];
}

/**
 * Writes a recording as a transcript and plays it on a fresh database. A value that differs there, such as an id or a
 * date, becomes the narrowest wildcard; one that is typed again in a later step gets a name.
 *
 * @param replay plays a transcript on a fresh database
 */
export async function finishRecording(
  { path, database, steps, hidden, period }: Recording,
  replay: (transcript: Transcript) => Promise<FileOutcome>,
): Promise<Recorded> {
  let drafts: Draft[] = maskSecrets(steps, hidden).map(({ typed, output }) => ({
    typed: typed.replace(/^\n+/, ''),
    output,
    expected: output.map(line => quoteLine(line, period)),
  }));
  let createsTables = false;
  for (;;) {
    const transcript = parseTranscript(path, writeRecording(path, database, drafts, createsTables));
    const outcome = await replay(transcript);
    const recorded = { ...outcome, steps: outcome.steps.slice(createsTables ? 1 : 0) };
    const replayed = recorded.steps.map(({ actual }) => actual?.output ?? []);
    if (!createsTables && lacksTables(drafts, replayed)) {
      createsTables = true;
      continue;
    }
    const next = nameValues(drafts.map((draft, index) => generalize(draft, replayed[index] ?? [], period)));
    const isRenamed = next.some(({ typed }, index) => typed !== drafts[index]?.typed);
    drafts = next;
    // A statement that uses a name instead of a value may behave differently, so it is played again.
    if (isRenamed) continue;
    return {
      text: writeRecording(path, database, drafts, createsTables),
      differences: differencesOf(recorded, path, drafts),
    };
  }
}

/** Whether the tables existed before the recording began. */
function lacksTables(drafts: readonly Draft[], replayed: readonly (readonly string[])[]): boolean {
  const isMissingTable = (lines: readonly string[] = []) =>
    lines.some(line => line.startsWith('Uncaught MissingTable'));
  return replayed.some((lines, index) => isMissingTable(lines) && !isMissingTable(drafts[index]?.output));
}

/** Makes what is expected match both what was recorded and what was replayed. */
function generalize(draft: Draft, replayed: readonly string[], period: Period): Draft {
  const { output } = draft;
  // An error on one side only means that something else happened, not that something else was printed.
  const isSameKind = output.some(isErrorLine) === replayed.some(isErrorLine);
  if (!isSameKind || matchLines(draft.expected, replayed, new Map())) return draft;
  const expected: string[] = [];
  let dropped: string[] = [];
  let added: string[] = [];
  const flush = () => {
    if (dropped.length === added.length)
      expected.push(...dropped.map((line, index) => generalizeLine(line, added[index] ?? '')));
    else if (expected.at(-1) !== anyLines) expected.push(anyLines);
    dropped = [];
    added = [];
  };
  const edits = align(output, replayed, {
    matches: (one, other) => one === other,
    isAny: () => false,
    weight: () => 1,
  });
  for (const edit of edits) {
    if (edit.kind === 'drop') dropped.push(edit.expected);
    else if (edit.kind === 'add') added.push(edit.actual);
    else {
      flush();
      expected.push(quoteLine(edit.expected, period));
    }
  }
  flush();
  return { ...draft, expected };
}

function differencesOf({ steps, error }: FileOutcome, path: string, drafts: readonly Draft[]): string[] {
  if (error !== undefined) return [`It could not be played: ${error}`];
  return steps.flatMap(({ actual, line }, index) => {
    const draft = drafts[index];
    if (!draft || (actual && draft.output.some(isErrorLine) === actual.output.some(isErrorLine))) return [];
    const thrown = actual?.output.find(isErrorLine) ?? 'no error';
    return [
      `${path}:${line}: on a fresh database this gives ${thrown.replace('Uncaught ', '')}. Type what it needs from before the recording in the transcript.`,
    ];
  });
}
