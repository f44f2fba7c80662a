import { Highlighter } from '../../editor/highlight/highlighter.ts';
import type { Kind } from '../../editor/screen/theme.ts';

const view = { cursor: -1, suggestion: '', menu: undefined, search: undefined, viMode: undefined };

/** A part of a line of code; its kind is absent for what has no color. */
export interface CodeSpan {
  readonly kind?: Kind;
  readonly text: string;
}

/** Cuts code into parts by their kind, as the prompt colors them. Together they are the code. */
export function codeSpans(code: string): CodeSpan[] {
  const spans = new Highlighter(() => true)
    .spans({ ...view, text: code }, 0, code.length)
    .filter(({ kind }) => kind !== 'error' && kind !== 'bracket')
    .toSorted((one, other) => one.from - other.from);
  const parts: CodeSpan[] = [];
  let at = 0;
  for (const { kind, from, to } of spans) {
    if (from < at) continue;
    if (from > at) parts.push({ text: code.slice(at, from) });
    parts.push({ kind, text: code.slice(from, to) });
    at = to;
  }
  if (at < code.length) parts.push({ text: code.slice(at) });
  return parts;
}
