import type { AnyNode } from 'acorn';
import { functionDeclarations } from '../syntax/names.ts';
import { parseTyped } from '../syntax/parse.ts';
import { commandOf } from './statement.ts';

/**
 * The statements of a text that has several, each with the comments before it. They are parsed as a whole: what goes on on
 * the next line is one with it. Statements on one line stay together, as somebody typed them.
 *
 * @returns undefined if the text goes on on another line
 */
export function splitStatements(text: string): readonly string[] | undefined {
  const parsed = parseTyped(text);
  // What TypeScript wrote is not at the places of what was typed.
  if (parsed.kind === 'program')
    return parsed.typed === parsed.source || parsed.typed === text
      ? functionsFirst(splitAt(text, parsed.program.body))
      : [text];
  return splitAtCommand(text.split('\n')) ?? (parsed.kind === 'incomplete' ? undefined : [text]);
}

/** Whether a text is code as it stands. */
export function isCode(text: string): boolean {
  return parseTyped(text).kind === 'program';
}

/** A statement, or several that are on one line. */
interface Piece {
  readonly text: string;
  readonly nodes: readonly AnyNode[];
}

const word = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;

/** As JavaScript reads a text, its functions are there from the start: they come first if one is used before it is declared. */
function functionsFirst(pieces: readonly Piece[]): readonly string[] {
  const isFunction = ({ nodes }: Piece) => functionDeclarations(nodes).length === nodes.length;
  const used = new Set<string>();
  const isUsedBefore = (piece: Piece) => {
    const isUsed = functionDeclarations(piece.nodes).some(({ id }) => used.has(id.name));
    for (const [name] of piece.text.matchAll(word)) used.add(name);
    return isUsed;
  };
  const isHoisting = pieces.some(isFunction) && pieces.some(isUsedBefore);
  const ordered = isHoisting
    ? [...pieces.filter(isFunction), ...pieces.filter(piece => !isFunction(piece))]
    : pieces;
  return ordered.map(({ text }) => text);
}

/** Starts a statement where the line before has ended the one before it. */
function splitAt(text: string, body: readonly AnyNode[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  let nodes: AnyNode[] = [];
  for (const next of body) {
    const newLine = nodes.length === 0 ? -1 : text.indexOf('\n', nodes.at(-1)?.end);
    if (newLine >= 0 && newLine < next.start) {
      pieces.push({ text: text.slice(from, newLine), nodes });
      from = newLine + 1;
      nodes = [];
    }
    nodes.push(next);
  }
  return [...pieces, { text: text.slice(from), nodes }];
}

/** Takes a command out that has a line of its own, where what is before it is complete. */
function splitAtCommand(lines: readonly string[]): readonly string[] | undefined {
  const index = lines.findIndex(line => commandOf(line) !== undefined);
  if (index < 0) return undefined;
  const before = lines.slice(0, index).join('\n');
  const after = lines.slice(index + 1).join('\n');
  const first = /\S/.test(before) ? splitStatements(before) : [];
  const rest = /\S/.test(after) ? splitStatements(after) : [];
  return first && rest && [...first, lines[index] ?? '', ...rest];
}
