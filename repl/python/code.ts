import type { Kind } from './kinds.ts';

/** How tightly TypeScript binds, from an assignment to what needs no parentheses anywhere. */
export const binds = {
  arrow: 2,
  conditional: 3,
  or: 4,
  and: 5,
  equality: 9,
  relation: 10,
  sum: 12,
  product: 13,
  power: 14,
  unary: 15,
  atom: 20,
} as const;

/** TypeScript of an expression. */
export interface Code {
  readonly ts: string;
  readonly binds: number;
  readonly kind: Kind;
}

export function code(ts: string, kind: Kind, strength: number = binds.atom): Code {
  return { ts, binds: strength, kind };
}

/** The text of an operand, in parentheses where the operator binds more tightly. */
export function operand({ ts, binds: strength }: Code, least: number): string {
  return strength < least ? `(${ts})` : ts;
}

/** What a member can be read of. */
export function owner(of: Code): string {
  return operand(of, binds.atom);
}

/** A text as TypeScript writes it. */
export function quoted(value: string): string {
  const escaped = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${escaped}'`;
}

/** The name of a property in an object. */
export function keyOf(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && name !== '__proto__' ? name : quoted(name);
}

/** An object of some properties; `{ a }` for `a: a`. */
export function objectOf(entries: readonly (readonly [string, string])[]): string {
  if (entries.length === 0) return '{}';
  const written = entries.map(([name, value]) => (name === value ? name : `${keyOf(name)}: ${value}`));
  return `{ ${written.join(', ')} }`;
}

/** Indents the lines of a block. */
export function indented(lines: readonly string[]): string {
  // A line that could go on with the one before it must not.
  return lines
    .map((line, index) => (index > 0 && /^[[(`]/.test(line) ? `;${line}` : line))
    .join('\n')
    .replaceAll(/^(?=.)/gm, '  ');
}
