import { parseTyped } from '../syntax/parse.ts';

/** What a text is: decided by parsing it, never by running it. */
export type Statement =
  | { readonly kind: 'empty' }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'command'; readonly name: string; readonly argument: string }
  | { readonly kind: 'code'; readonly text: string };

/**
 * Reads a text as a statement. `.help` and its like are commands; so are the bare words `help`, `exit` and `quit`,
 * as long as they mean what the shell gave them.
 *
 * @param text one or more typed lines
 * @param isOwn whether a name still means what the shell provides
 */
export function readStatement(text: string, isOwn: (name: string) => boolean): Statement {
  const trimmed = text.trim();
  const dotted = /^\.([a-z]\w*)(?:\s+(.*))?$/i.exec(trimmed);
  if (dotted?.[1]) return { kind: 'command', name: dotted[1], argument: dotted[2] ?? '' };
  if (/^(help|exit|quit);?$/.test(trimmed) && isOwn(trimmed.replace(';', '')))
    return { kind: 'command', name: trimmed.replace(';', ''), argument: '' };
  const parsed = parseTyped(text);
  if (parsed.kind === 'incomplete') return { kind: 'incomplete' };
  return parsed.kind === 'program' && parsed.program.body.length === 0
    ? { kind: 'empty' }
    : { kind: 'code', text };
}
