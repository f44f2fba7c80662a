import { parsePython } from './tree.ts';

/** A piece of Python in a text: what follows one prompt, or all of a text without prompts. */
export interface Piece {
  readonly code: string;
  /** The number of its first line in the text, from 1 on. */
  readonly line: number;
}

const prompt = /^[ \t]*(?:>>>|In \[\d+\]:)(?: |$)/;
const continuation = /^[ \t]*\.\.\.:?(?: |$)/;

/** Whether a text is a session that was copied from Python's shell, or notes with lines of one. */
export function hasPrompts(text: string): boolean {
  return text.split('\n').some(line => prompt.test(line));
}

/**
 * Takes the Python out of a text. In one with prompts, what has none is prose, or what was answered.
 *
 * @param text a script, a session, or notes with lines of a session between them
 */
export function readPieces(text: string): readonly Piece[] {
  const plain = text.replaceAll('\r\n', '\n').replaceAll('\t', '    ');
  if (!hasPrompts(plain)) return [{ code: dedented(plain), line: 1 }];
  const lines = plain.split('\n');
  const pieces: { lines: string[]; line: number }[] = [];
  let isOpen = false;
  for (const [index, line] of lines.entries()) {
    const piece = pieces.at(-1);
    if (prompt.test(line)) {
      pieces.push({ lines: [line.replace(prompt, '')], line: index + 1 });
      isOpen = true;
    } else if (isOpen && piece && continuation.test(line)) piece.lines.push(line.replace(continuation, ''));
    else if (
      isOpen &&
      piece &&
      /^\s+\S/.test(line) &&
      /[:([{,\\]\s*$/.test(withoutComment(piece.lines.at(-1) ?? ''))
    )
      piece.lines.push(line);
    else isOpen = false;
  }
  return pieces.map(({ lines: own, line }) => ({ code: cleaned(withIndent(own)), line }));
}

/** What is Python in a piece, without what people write behind it. */
function cleaned(code: string): string {
  if (parsePython(code).error === undefined) return code;
  const withoutComments = withoutSlashes(code);
  if (parsePython(withoutComments).error === undefined) return withoutComments;
  return withoutProse(withoutComments) ?? code;
}

/** A text in which `//` begins a comment, as in JavaScript. */
export function withoutSlashes(code: string): string {
  return code.split('\n').map(withoutComment).join('\n');
}

function withoutComment(line: string): string {
  const found = /^(?:[^'"/#]|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\/(?!\/))*(?=\/\/|#)/.exec(line);
  return found ? found[0].trimEnd() : line;
}

/** A statement with words behind it: `db.session.commit() and now they are there`. */
function withoutProse(given: string): string | undefined {
  const code = given.trimEnd();
  if (code.includes('\n')) return undefined;
  for (let at = code.lastIndexOf(' '); at > 0; at = code.lastIndexOf(' ', at - 1)) {
    const [before, after] = [code.slice(0, at), code.slice(at + 1)];
    const isProse = /^[a-z']+(?:\s+[\w'’,.;:()-]+){2,}$/i.test(after) && /[)\]'"\w]$/.test(before);
    if (isProse && /[()[\].='"]/.test(before) && parsePython(before).error === undefined) return before;
  }
  return undefined;
}

/** Whether a line that is no Python stands for an answer that was cut short: `User('Corey')..`. */
export function isElided(code: string): boolean {
  return /(?:\.\.+|…)\s*$/.test(code);
}

/** The body of a block that people did not indent, or not evenly: all that continues it belongs to it. */
function withIndent(lines: readonly string[]): string {
  const isHead = (line: string) => /:\s*$/.test(withoutComment(line));
  const isRest = (line: string) => /^\s*(?:el(?:se|if)|except|finally)\b/.test(line);
  const [first = '', ...others] = lines;
  const heads = others.filter(line => isHead(line) && !isRest(line));
  const isBlock = isHead(first) && heads.length === 0;
  if (
    !isBlock ||
    (parsePython(lines.join('\n')).error === undefined &&
      others.every(line => line.trim() === '' || isRest(line) || /^\s/.test(line)))
  )
    return dedented(lines.join('\n'));
  return [
    first.trimStart(),
    ...others.map(line => (line.trim() === '' ? '' : isRest(line) ? line.trim() : `    ${line.trim()}`)),
  ].join('\n');
}

function dedented(code: string): string {
  const indents = code
    .split('\n')
    .flatMap(line => (/\S/.test(line) ? [/^ */.exec(line)?.[0].length ?? 0] : []));
  const common = Math.min(...indents);
  return Number.isFinite(common) && common > 0
    ? code.replaceAll(new RegExp(`^ {${common}}`, 'gm'), '')
    : code;
}
