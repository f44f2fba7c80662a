import type { AnyNode } from 'acorn';
import { getLineInfo } from 'acorn';
import { parseTyped } from '../syntax/parse.ts';
import { walk } from '../syntax/walk.ts';

/**
 * Where in a line of what was typed an error is, by its message: V8 names what it could not read, call or find.
 *
 * @returns the column; undefined where the line has none or several such places
 */
export function columnOf(text: string, line: number, error: unknown): number | undefined {
  const fits = error instanceof Error ? placesFor(error.message) : undefined;
  const parsed = fits && parseTyped(text);
  // Positions are those of what was typed only where that is JavaScript as it stands, or with its types blanked.
  if (!fits || parsed?.kind !== 'program' || parsed.source.length !== text.length) return undefined;
  const columns = new Set<number>();
  walk(parsed.program, node => {
    const start = fits(node, parsed.source);
    const place = start === undefined ? undefined : getLineInfo(text, start);
    if (place?.line === line) columns.add(place.column);
  });
  return columns.size === 1 ? [...columns][0] : undefined;
}

/** @returns where a node begins that a message is about; undefined for another node */
type Fits = (node: AnyNode, source: string) => number | undefined;

function placesFor(message: string): Fits | undefined {
  const name = /^([\p{ID_Start}$_][\p{ID_Continue}$]*) is not defined$/u.exec(message)?.[1];
  if (name !== undefined)
    return node => (node.type === 'Identifier' && node.name === name ? node.start : undefined);
  const member = /^Cannot (?:read|set) properties of \w+ \((?:reading|setting) '(.+)'\)$/.exec(message)?.[1];
  if (member !== undefined)
    return node =>
      node.type === 'MemberExpression' && nameOfMember(node.property) === member
        ? node.property.start
        : undefined;
  const called = /^(.+) is not a (?:function|constructor)$/s.exec(message)?.[1];
  if (called !== undefined)
    return (node, source) => {
      if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined;
      const { callee } = node;
      if (source.slice(callee.start, callee.end) !== called) return undefined;
      return callee.type === 'MemberExpression' ? callee.property.start : callee.start;
    };
  return undefined;
}

function nameOfMember(property: AnyNode): string | undefined {
  if (property.type === 'Identifier' || property.type === 'PrivateIdentifier') return property.name;
  return property.type === 'Literal' ? String(property.value) : undefined;
}
