import { code, type Code, owner } from './code.ts';
import { int, isOne } from './kinds.ts';
import { Refusal } from './refusal.ts';

/** `len(x)`: Python counts the characters of a text, and JavaScript's `length` its units. @throws Refusal */
export function lengthOf(of: Code): Code {
  if (isOne(of.kind, 'set', 'map')) return code(`${owner(of)}.size`, int);
  if (isOne(of.kind, 'str')) return code(`[...${of.ts}].length`, int);
  if (isOne(of.kind, 'list', 'tuple', 'collection')) return code(`${owner(of)}.length`, int);
  throw new Refusal(`It is not known what ${of.ts} holds`, `${owner(of)}.length`);
}
