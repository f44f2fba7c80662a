import type { HiddenProperties } from '../../../src/index.ts';
import { align } from '../align.ts';
import { escapeLine } from '../parse/expectation.ts';
import { maskSecrets, type RecordedStep } from './mask-secrets.ts';
import type { FileOutcome } from '../run/outcome.ts';
import { matchLines } from '../run/compare-step.ts';
import { parseTranscript } from '../parse/parse.ts';
import { anyLines, isOfKind, printedWords, quoteWildcards, valueKinds } from '../parse/pattern.ts';
import type { DatabaseName, Transcript } from '../transcript.ts';

/** A session on its way into a file. */
export interface Recording {
  /** As the person named the file. */
  readonly path: string;
  readonly database: DatabaseName;
  readonly steps: readonly RecordedStep[];
  readonly hidden: HiddenProperties;
  /** When it began and ended, in milliseconds since 1970: a date from then is another one the next time. */
  readonly period: readonly [began: number, ended: number];
}

/** A recording as it goes into its file. */
export interface Recorded {
  readonly text: string;
  /** Steps that do something else on a fresh database, as sentences with their lines. */
  readonly differences: readonly string[];
}

/** A step as it is going to be written. */
interface Draft {
  readonly typed: string;
  readonly expected: readonly string[];
  /** What was printed when it was recorded. */
  readonly output: readonly string[];
}

/**
 * Writes a recording as a transcript and plays it on a fresh database. What comes out differently there, an id or a
 * date, becomes the narrowest wildcard; one that is typed later on gets a name.
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
    expected: output.map(line => quote(line, period)),
  }));
  let setup = false;
  for (;;) {
    const text = write(path, database, drafts, setup);
    const transcript = parseTranscript(path, text);
    const outcome = await replay(transcript);
    const replayed = outcome.steps.slice(setup ? 1 : 0).map(({ actual }) => actual?.output ?? []);
    if (!setup && lacksTables(drafts, replayed)) {
      setup = true;
      continue;
    }
    const next = nameValues(drafts.map((draft, index) => generalize(draft, replayed[index] ?? [], period)));
    const changed = next.some(({ typed }, index) => typed !== drafts[index]?.typed);
    drafts = next;
    // With a name in the place of a value, the statements after it may do something else.
    if (changed) continue;
    return {
      text: write(path, database, drafts, setup),
      differences: differencesOf(outcome, transcript, setup, drafts),
    };
  }
}

/** The tables were there before the recording began. */
function lacksTables(drafts: readonly Draft[], replayed: readonly (readonly string[])[]): boolean {
  return replayed.some(
    (lines, index) =>
      lines.some(line => line.startsWith('Uncaught MissingTable')) &&
      !drafts[index]?.output.some(line => line.startsWith('Uncaught MissingTable')),
  );
}

function write(path: string, database: DatabaseName, drafts: readonly Draft[], setup: boolean): string {
  const title = (path.split(/[\\/]/).at(-1) ?? path).replace(/(\.repl)?\.md$/, '');
  const lines = drafts.flatMap(({ typed, expected }) => [
    ...typed.split('\n').map((line, index) => `${index === 0 ? '> ' : '... '}${line}`.trimEnd()),
    ...expected,
  ]);
  const ticks = lines.map(line => /^\s*(`{3,})/.exec(line)?.[1]?.length ?? 0);
  const fence = '`'.repeat(Math.max(3, ...ticks.map(count => count + 1)));
  return [
    '---',
    `title: ${JSON.stringify(title)}`,
    `databases: [${database}]`,
    '---',
    '',
    `# ${title}`,
    '',
    ...(setup ? ['<!-- repl setup', '> createAll()', '-->', ''] : []),
    `${fence}repl`,
    ...lines,
    fence,
    '',
  ].join('\n');
}

/** An error on one side only is a difference in what happened, not in what was printed. */
function isError(lines: readonly string[]): boolean {
  return lines.some(line => line.startsWith('Uncaught '));
}

/** Makes what is expected fit both what was recorded and what came now. */
function generalize(draft: Draft, replayed: readonly string[], period: Recording['period']): Draft {
  const { output } = draft;
  if (isError(output) !== isError(replayed) || matchLines(draft.expected, replayed, new Map())) return draft;
  const edits = align(output, replayed, {
    matches: (one, other) => one === other,
    isAny: () => false,
    weight: () => 1,
  });
  const expected: string[] = [];
  let gone: string[] = [];
  let came: string[] = [];
  const flush = () => {
    if (gone.length === came.length)
      expected.push(...gone.map((line, index) => generalizeLine(line, came[index] ?? '')));
    else if (expected.at(-1) !== anyLines) expected.push(anyLines);
    gone = [];
    came = [];
  };
  for (const edit of edits) {
    if (edit.kind === 'drop') gone.push(edit.expected);
    else if (edit.kind === 'add') came.push(edit.actual);
    else {
      if (gone.length + came.length > 0) flush();
      expected.push(quote(edit.expected, period));
    }
  }
  if (gone.length + came.length > 0) flush();
  return { ...draft, expected };
}

/** Two printings of a line, with wildcards where they differ. */
function generalizeLine(recorded: string, replayed: string): string {
  const pieces: string[] = [];
  let gone = '';
  let came = '';
  const flush = () => {
    if (gone !== '' || came !== '')
      pieces.push(`<${valueKinds.find(kind => isOfKind(kind, gone) && isOfKind(kind, came)) ?? '*'}>`);
    gone = came = '';
  };
  for (const edit of align(printedWords(recorded), printedWords(replayed), {
    matches: (one, other) => one === other,
    isAny: () => false,
    weight: () => 1,
  })) {
    if (edit.kind === 'drop') gone += edit.expected;
    else if (edit.kind === 'add') came += edit.actual;
    else {
      flush();
      pieces.push(quoteWildcards(edit.expected, new Map()));
    }
  }
  flush();
  return escapeLine(pieces.join(''));
}

/** A value that changed and is typed again later gets a name, and the name is typed instead. */
function nameValues(drafts: readonly Draft[]): Draft[] {
  const named = [...drafts];
  let count = 0;
  for (const [index, { expected, output }] of drafts.entries()) {
    if (expected.length !== output.length) continue;
    for (const [at, line] of expected.entries()) {
      const [, before = '', kind, after = ''] = /^(.*?)<(int|uuid|date)>(.*)$/.exec(line) ?? [];
      const value =
        kind === undefined
          ? ''
          : (output[at] ?? '').slice(before.length, after === '' ? undefined : -after.length);
      if (kind === undefined || !isOfKind(kind, value)) continue;
      const typed = new RegExp(
        String.raw`(?<![\w.-])${value.replaceAll(/[.+]/g, String.raw`\$&`)}(?![\w.-])`,
        'g',
      );
      if (!named.slice(index + 1).some(later => typed.test(later.typed))) continue;
      const name = `${kind}_${++count}`;
      const now = [...expected];
      now[at] = `${before}<${name}:${kind}>${after}`;
      named[index] = { ...named[index], typed: named[index]?.typed ?? '', output, expected: now };
      for (const [place, later] of named.entries())
        if (place > index) named[place] = { ...later, typed: later.typed.replaceAll(typed, `<${name}>`) };
    }
  }
  return named;
}

function differencesOf(
  { steps, error }: FileOutcome,
  transcript: Transcript,
  setup: boolean,
  drafts: readonly Draft[],
): string[] {
  if (error !== undefined) return [`It could not be played: ${error}`];
  return steps.slice(setup ? 1 : 0).flatMap(({ actual, line }, index) => {
    const draft = drafts[index];
    if (!draft || (actual && isError(draft.output) === isError(actual.output))) return [];
    const came = actual?.output.find(text => text.startsWith('Uncaught ')) ?? 'no error';
    return [
      `${transcript.path}:${line}: on a fresh database it gives ${came.replace('Uncaught ', '')}. What it needs from before the recording has to be typed in the transcript.`,
    ];
  });
}

function quote(line: string, [began, ended]: Recording['period']): string {
  const isNow = (date: string) => {
    const time = new Date(
      /[T ]/.test(date) ? `${date.replace(' ', 'T')}${/Z|[+-]\d\d:?\d\d$/.test(date) ? '' : 'Z'}` : '',
    ).getTime();
    return time >= began - 1000 && time <= ended + 1000;
  };
  return escapeLine(
    printedWords(quoteWildcards(line, new Map()))
      .map(word => (isOfKind('date', word) && isNow(word) ? '<date>' : word))
      .join(''),
  );
}
