import { parseTyped } from '../syntax/parse.ts';

/** What a text is. Found out by parsing it; nothing runs. */
export type Statement =
  | { readonly kind: 'empty' }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'command'; readonly name: string; readonly argument: string }
  | { readonly kind: 'code'; readonly text: string };

/**
 * Reads a text as a statement. A line such as `.help commit` is a command, and so is the bare word `help`, unless the
 * user has bound it to something else. A name or a path before a question mark asks for help, as in IPython.
 *
 * @param text one or more typed lines
 * @param isCommand whether a bare word is a command
 */
export function readStatement(text: string, isCommand: (word: string) => boolean): Statement {
  const command = commandOf(text);
  if (command) return { kind: 'command', ...command };
  const word = /^([a-z]\w*);?$/i.exec(text.trim())?.[1];
  if (word !== undefined && isCommand(word)) return { kind: 'command', name: word, argument: '' };
  const parsed = parseTyped(text);
  if (parsed.kind === 'incomplete') return { kind: 'incomplete' };
  return parsed.kind === 'program' && parsed.program.body.length === 0
    ? { kind: 'empty' }
    : { kind: 'code', text };
}

/** @returns the command that a text is by its form alone, such as `.sql on` and `User?` */
export function commandOf(text: string): { readonly name: string; readonly argument: string } | undefined {
  const trimmed = text.trim();
  const dotted = /^\.([a-z]\w*)(?:\s+(.*))?$/i.exec(trimmed);
  if (dotted?.[1]) return { name: dotted[1], argument: dotted[2] ?? '' };
  const asked = /^(\.?[\p{ID_Start}$_][\p{ID_Continue}$.]*(?:\(\))?)\s*\?$/u.exec(trimmed)?.[1];
  return asked === undefined ? undefined : { name: 'help', argument: asked };
}
