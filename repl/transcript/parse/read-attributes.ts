import { longestTimeoutMs } from '../timeouts.ts';
import { type Attributes, databaseNames, isDatabaseName } from '../transcript.ts';

const noAttributes: Attributes = { task: false, unordered: false };
const unitMs = { ms: 1, s: 1000, m: 60_000 } as const;
const examples = '#id, task, only=postgresql, skip="why", timeout=5s, unordered';

/**
 * Reads what follows `repl` on a fence: nothing, or attributes in braces.
 *
 * @param complain receives what is wrong, as a sentence
 */
export function readAttributes(text: string, complain: (message: string) => void): Attributes {
  const trimmed = text.trim();
  if (trimmed === '') return noAttributes;
  const [, inside] = /^\{(.*)\}$/.exec(trimmed) ?? [];
  if (inside === undefined) {
    complain(`Cannot read '${trimmed}' after repl; write attributes in braces: {#id task}.`);
    return noAttributes;
  }
  let attributes = noAttributes;
  const given = new Set<string>();
  for (const [source] of inside.matchAll(/[^\s="]+=(?:"[^"]*"|\S*)|\S+/g)) {
    const attribute = readAttribute(source);
    if (typeof attribute === 'string') {
      complain(attribute);
      continue;
    }
    for (const name of Object.keys(attribute)) {
      if (given.has(name)) complain(`'${source}' repeats ${name}; a block can have only one.`);
      given.add(name);
    }
    attributes = { ...attributes, ...attribute };
  }
  return attributes;
}

/** @returns what the attribute says, or a sentence about what is wrong with it */
function readAttribute(source: string): Partial<Attributes> | string {
  const [, name = '', value = ''] = /^([^=]*)=?(.*)$/.exec(source) ?? [];
  const text = value.replace(/^"(.*)"$/, '$1');
  if (/^#[\w-]+$/.test(source)) return { id: source.slice(1) };
  if (source === 'task') return { task: true };
  if (source === 'unordered') return { unordered: true };
  switch (name) {
    case 'skip':
      return text.trim() === '' ? 'skip needs a reason: skip="why".' : { skip: text };
    case 'only':
      return readOnly(text);
    case 'timeout':
      return readTimeout(text);
    default:
      return `There is no attribute '${source}'; the attributes are ${examples}.`;
  }
}

function readOnly(text: string): Partial<Attributes> | string {
  const names = text.split(',');
  const only = names.filter(isDatabaseName);
  return only.length === names.length
    ? { only }
    : `only=${text} does not name a database; the databases are ${databaseNames.join(', ')}.`;
}

function readTimeout(text: string): Partial<Attributes> | string {
  const timeoutMs = readDuration(text);
  return timeoutMs === undefined
    ? `timeout=${text} is not a duration; write timeout=5s or timeout=500ms.`
    : { timeoutMs };
}

/** @returns milliseconds; undefined if it is not a duration such as `5s` */
export function readDuration(text: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text) ?? [];
  return unit === undefined || Number(amount) === 0
    ? undefined
    : Math.min(Number(amount) * unitMs[unit as keyof typeof unitMs], longestTimeoutMs);
}
