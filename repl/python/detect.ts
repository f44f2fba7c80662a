import { hasPrompts, readPieces } from './read-session.ts';
import { parsePython, type PyNode, walk } from './tree.ts';

/** What only Python has: names with underscores that are called, arguments by name, and words of its own. */
const words =
  /\b(?:None|True|False|filter_by|create_all|drop_all|add_all|order_by|one_or_none|is_|print|len)\b|^\s*(?:from|import|def|elif|except)\s/m;

/**
 * Whether a text is Python, and not TypeScript: what is TypeScript as it stands stays that, unless it has the prompts of
 * Python's shell and something in it that only Python has.
 *
 * @param isTypeScript whether a text is code of TypeScript as it stands
 */
export function isPython(text: string, isTypeScript: (text: string) => boolean): boolean {
  if (text.trim() === '') return false;
  if (!hasPrompts(text)) {
    if (isTypeScript(text)) return false;
    const { statements, error } = parsePython(text);
    return error === undefined && statements.some(isStatement);
  }
  const pieces = readPieces(text).map(({ code }) => code);
  const code = pieces.join('\n');
  if (pieces.filter(piece => parsePython(piece).error === undefined).length * 2 <= pieces.length)
    return false;
  return !isTypeScript(code) || words.test(code) || pieces.some(hasKeywords);
}

function isStatement(node: PyNode): boolean {
  return node.type !== 'ExpressionStatement' || hasKeywords(node.text);
}

/** `f(a=1)` assigns in TypeScript, which nobody means. */
function hasKeywords(code: string): boolean {
  let found = false;
  for (const statement of parsePython(code).statements)
    walk(statement, ({ type, children }) => {
      if (type === 'ArgList' && children.some(inner => inner.type === 'AssignOp')) found = true;
    });
  return found;
}
