import { parseDocument } from 'yaml';
import { type DatabaseName, databaseNames, isDatabaseName, type Transcript } from '../transcript.ts';

export interface FrontMatter extends Pick<Transcript, 'title' | 'databases' | 'clock'> {
  /** How many lines it takes. */
  readonly length: number;
}

/**
 * Reads the YAML at the top of a file. Keys of others, a site generator's say, are left alone.
 *
 * @param complain takes what is wrong with a line, counted from 1
 */
export function readFrontMatter(
  lines: readonly string[],
  complain: (line: number, message: string) => void,
): FrontMatter {
  if (lines[0]?.trimEnd() !== '---') return { length: 0 };
  const end = lines.findIndex((line, index) => index > 0 && /^(?:---|\.\.\.)\s*$/.test(line));
  if (end < 0) return unclosed(lines, complain);
  const document = parseDocument(lines.slice(1, end).join('\n'), { prettyErrors: true });
  const length = end + 1;
  const [error] = document.errors;
  if (error) {
    const [what = ''] = error.message.split(/ at line |\n/);
    complain((error.linePos?.[0].line ?? 0) + 1, `The front matter is not valid YAML: ${what}.`);
    return { length };
  }
  const content: unknown = document.toJS();
  if (content === null) return { length };
  if (typeof content !== 'object' || Array.isArray(content)) {
    complain(2, 'The front matter is not valid: write it as key: value.');
    return { length };
  }
  const values = content as Record<string, unknown>;
  const wrong = (key: string, message: string) => {
    const line = lines.findIndex(text => text.startsWith(`${key}:`));
    complain(line + 1, message);
  };
  return {
    length,
    ...(values['title'] != null && { title: textOf(values['title']) }),
    ...readDatabases(values['databases'], wrong),
    ...readClock(values['clock'], wrong),
  };
}

/** A line of dashes is a rule unless what follows it looks like YAML. */
function unclosed(lines: readonly string[], complain: (line: number, message: string) => void): FrontMatter {
  if (/^(?:title|databases|clock):/.test(lines[1] ?? ''))
    complain(1, 'The front matter is not closed: end it with a line ---.');
  return { length: 0 };
}

function readDatabases(
  value: unknown,
  wrong: (key: string, message: string) => void,
): Pick<FrontMatter, 'databases'> {
  if (value === undefined) return {};
  const names: unknown[] = Array.isArray(value)
    ? value
    : textOf(value ?? '')
        .split(/[\s,]+/)
        .filter(Boolean);
  const databases = names.filter(
    (name): name is DatabaseName => typeof name === 'string' && isDatabaseName(name),
  );
  const unknown = names.find(name => typeof name !== 'string' || !isDatabaseName(name));
  if (names.length === 0 || unknown !== undefined)
    wrong(
      'databases',
      `databases: ${names.length === 0 ? 'names none' : `'${textOf(unknown)}' is not one`}; there are ${databaseNames.join(', ')}.`,
    );
  return databases.length > 0 ? { databases: [...new Set(databases)] } : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const isoTime = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|[+-]\d\d:\d\d)?)?$/i;

function readClock(
  value: unknown,
  wrong: (key: string, message: string) => void,
): Pick<FrontMatter, 'clock'> {
  if (value === undefined) return {};
  const [, date, hours = '00:00', zone = 'Z'] = isoTime.exec(textOf(value)) ?? [];
  // A time without a zone is one of UTC, wherever the file runs.
  const time = new Date(`${date}T${hours}${zone}`);
  if (!Number.isNaN(time.getTime())) return { clock: time.toISOString() };
  wrong('clock', `clock: '${textOf(value)}' is no time; write it as 2026-01-05T12:00:00Z.`);
  return {};
}
