import { parseDocument } from 'yaml';
import { expressionProblem, isWildcardName } from './pattern.ts';
import { readDuration } from './read-attributes.ts';
import { type DatabaseName, databaseNames, isDatabaseName, type Transcript } from '../transcript.ts';

export interface FrontMatter extends Pick<
  Transcript,
  'title' | 'databases' | 'clock' | 'redact' | 'fileTimeoutMs'
> {
  /** How long a step may take unless its block says so. */
  readonly timeoutMs?: number;
  /** How many lines of the file it takes. */
  readonly length: number;
}

/** Receives what is wrong with the value of a key, or of one within it. */
type ComplainOfKey = (key: string, message: string, within?: string) => void;

const keys = ['title', 'databases', 'clock', 'redact', 'timeout', 'file-timeout'];

/**
 * Reads the YAML at the top of a file.
 *
 * @param complain receives what is wrong with a line, counted from 1
 */
export function readFrontMatter(
  lines: readonly string[],
  complain: (line: number, message: string) => void,
): FrontMatter {
  if (lines[0]?.trimEnd() !== '---') return { length: 0 };
  const end = lines.findIndex((line, index) => index > 0 && /^(?:---|\.\.\.)\s*$/.test(line));
  if (end < 0) {
    // A line of dashes is a thematic break unless what follows looks like YAML.
    if (keys.some(key => lines[1]?.startsWith(`${key}:`)))
      complain(1, 'The front matter is not closed: end it with a line ---.');
    return { length: 0 };
  }
  const document = parseDocument(lines.slice(1, end).join('\n'), { prettyErrors: true });
  const length = end + 1;
  const [error] = document.errors;
  if (error) {
    const [reason = ''] = error.message.split(/ at line |\n/);
    complain((error.linePos?.[0].line ?? 0) + 1, `The front matter is not valid YAML: ${reason}.`);
    return { length };
  }
  const content: unknown = document.toJS();
  if (content === null) return { length };
  if (typeof content !== 'object' || Array.isArray(content)) {
    complain(2, 'The front matter is not valid: write it as key: value.');
    return { length };
  }
  const {
    title,
    databases,
    clock,
    redact,
    timeout,
    'file-timeout': fileTimeout,
  } = content as Record<string, unknown>;
  const complainOfKey: ComplainOfKey = (key, message, within = '') => {
    const line = lines.findIndex(text => text.startsWith(`${key}:`));
    const inner = lines.findIndex((text, index) => index >= line && text.includes(within));
    complain(inner + 1, message);
  };
  for (const key of Object.keys(content))
    if (!keys.includes(key))
      complainOfKey(key, `Front matter has no key '${key}'; the keys are ${keys.join(', ')}.`);
  return {
    length,
    ...(title != null && { title: textOf(title) }),
    ...readDatabases(databases, complainOfKey),
    ...readClock(clock, complainOfKey),
    ...readRedact(redact, complainOfKey),
    ...readTimeout('timeout', 'timeoutMs', timeout, complainOfKey),
    ...readTimeout('file-timeout', 'fileTimeoutMs', fileTimeout, complainOfKey),
  };
}

function readDatabases(value: unknown, complain: ComplainOfKey): Pick<FrontMatter, 'databases'> {
  if (value === undefined) return {};
  const names: unknown[] = Array.isArray(value)
    ? value
    : textOf(value ?? '')
        .split(/[\s,]+/)
        .filter(Boolean);
  const isKnown = (name: unknown): name is DatabaseName => typeof name === 'string' && isDatabaseName(name);
  const databases = names.filter(isKnown);
  if (names.length === 0 || databases.length < names.length) {
    const unknown = names.find(name => !isKnown(name));
    // A URL may hold a password; a name has none of these characters.
    const shown = textOf(unknown ?? '').replace(/(?<=[:/@]).*/s, '…');
    const problem = names.length === 0 ? 'is empty' : `'${shown}' is not a database`;
    complain('databases', `databases: ${problem}; the databases are ${databaseNames.join(', ')}.`);
  }
  return databases.length > 0 ? { databases: [...new Set(databases)] } : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const isoTime = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|[+-]\d\d:\d\d)?)?$/i;

function readClock(value: unknown, complain: ComplainOfKey): Pick<FrontMatter, 'clock'> {
  if (value === undefined) return {};
  // A time without a zone is in UTC, wherever the file runs.
  const [, date, hours = '00:00', zone = 'Z'] = isoTime.exec(textOf(value)) ?? [];
  const time = new Date(`${date}T${hours}${zone}`);
  if (!Number.isNaN(time.getTime())) return { clock: time.toISOString() };
  complain('clock', `clock: '${textOf(value)}' is not a time; write it as 2026-01-05T12:00:00Z.`);
  return {};
}

function readRedact(value: unknown, complain: ComplainOfKey): Pick<FrontMatter, 'redact'> {
  if (value === undefined) return {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    complain('redact', 'redact: has no names; write it as { token: "[0-9a-f]{32}" }.');
    return {};
  }
  const redact: Record<string, string> = {};
  for (const [name, source] of Object.entries(value)) {
    const expression = String(source).replaceAll(
      /(\\.)|\//g,
      (slash, escaped?: string) => escaped ?? `\\${slash}`,
    );
    const problem = typeof source === 'string' ? expressionProblem(`/${expression}/`) : 'it is not a text';
    if (!isWildcardName(name))
      complain(
        'redact',
        `redact: '${name}' cannot be the name of a wildcard; choose a word of your own.`,
        name,
      );
    else if (problem !== undefined) complain('redact', `redact: ${name}: ${problem}`, name);
    else redact[name] = expression;
  }
  return { redact };
}

function readTimeout<Name extends 'timeoutMs' | 'fileTimeoutMs'>(
  key: string,
  name: Name,
  value: unknown,
  complain: ComplainOfKey,
): { readonly [name in Name]?: number } {
  if (value === undefined) return {};
  const milliseconds = readDuration(textOf(value));
  if (milliseconds !== undefined) return { [name]: milliseconds } as { [name in Name]: number };
  complain(key, `${key}: '${textOf(value)}' is not a duration; write ${key}: 5s or ${key}: 500ms.`);
  return {};
}
