import { isOfKind } from '../parse/pattern.ts';
import type { Draft } from './draft.ts';

/** Names each value that became a wildcard and is typed again in a later step, and types the name there instead. */
export function nameValues(drafts: readonly Draft[]): Draft[] {
  const named = [...drafts];
  let count = 0;
  for (const [index, { expected, output }] of drafts.entries()) {
    if (expected.length !== output.length) continue;
    for (const [lineIndex, line] of expected.entries()) {
      const found = findValue(line, output[lineIndex] ?? '');
      if (!found) continue;
      const value = asWord(found.value);
      if (!named.slice(index + 1).some(({ typed }) => typed.match(value))) continue;
      const name = `${found.kind}_${++count}`;
      const nameLine = `${found.before}<${name}:${found.kind}>${found.after}`;
      for (const [laterIndex, draft] of named.entries()) {
        if (laterIndex === index) named[index] = { ...draft, expected: expected.with(lineIndex, nameLine) };
        if (laterIndex > index)
          named[laterIndex] = { ...draft, typed: draft.typed.replaceAll(value, `<${name}>`) };
      }
    }
  }
  return named;
}

/** The value that the first wildcard of a line stands for, if it is one that can be typed. */
function findValue(
  line: string,
  printed: string,
): { kind: string; value: string; before: string; after: string } | undefined {
  const [, before = '', kind, after = ''] = /^(.*?)<(int|uuid|date)>(.*)$/.exec(line) ?? [];
  if (kind === undefined) return undefined;
  const value = printed.slice(before.length, printed.length - after.length);
  return isOfKind(kind, value) ? { kind, value, before, after } : undefined;
}

function asWord(value: string): RegExp {
  return new RegExp(String.raw`(?<![\w.-])${value.replaceAll(/[.+]/g, String.raw`\$&`)}(?![\w.-])`, 'g');
}
