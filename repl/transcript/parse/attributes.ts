import { type Attributes, databaseNames, isDatabaseName } from '../transcript.ts';

const none: Attributes = { task: false, unordered: false };
const units = { ms: 1, s: 1000, m: 60_000 } as const;
const known = '#id, task, only=postgresql, skip="why", timeout=5s, unordered';

/**
 * Reads what follows `repl` on a fence: nothing, or attributes in braces.
 *
 * @param complain takes what is wrong, as a sentence
 */
export function readAttributes(text: string, complain: (message: string) => void): Attributes {
  const trimmed = text.trim();
  if (trimmed === '') return none;
  const [, inside] = /^\{(.*)\}$/.exec(trimmed) ?? [];
  if (inside === undefined) {
    complain(`'${trimmed}' after repl is not understood; attributes stand in braces: {#id task}.`);
    return none;
  }
  let attributes = none;
  const given = new Set<string>();
  for (const [source] of inside.matchAll(/[^\s="]+=(?:"[^"]*"|\S*)|\S+/g)) {
    const read = readAttribute(source);
    if (typeof read === 'string') complain(read);
    else {
      for (const name of Object.keys(read)) {
        if (given.has(name)) complain(`'${source}' is one ${name} too many.`);
        given.add(name);
      }
      attributes = { ...attributes, ...read };
    }
  }
  return attributes;
}

/** @returns what the attribute says, or what is wrong with it */
function readAttribute(source: string): Partial<Attributes> | string {
  const [, name = '', value = ''] = /^([^=]*)=?(.*)$/.exec(source) ?? [];
  const text = value.replace(/^"(.*)"$/, '$1');
  if (/^#[\w-]+$/.test(source)) return { id: source.slice(1) };
  if (source === 'task') return { task: true };
  if (source === 'unordered') return { unordered: true };
  switch (name) {
    case 'skip':
      return text.trim() === '' ? 'skip needs a reason: skip="why".' : { skip: text };
    case 'only': {
      const only = text.split(',').filter(isDatabaseName);
      return only.length === 0 || only.length < text.split(',').length
        ? `only=${text} names no database; there are ${databaseNames.join(', ')}.`
        : { only };
    }
    case 'timeout': {
      const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text) ?? [];
      return unit === undefined || Number(amount) === 0
        ? `timeout=${text} is no duration; write timeout=5s or timeout=500ms.`
        : { timeout: Number(amount) * units[unit as keyof typeof units] };
    }
    default:
      return `There is no attribute '${source}'; there are ${known}.`;
  }
}
