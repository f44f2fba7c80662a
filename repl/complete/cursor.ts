import { type Comment, tokenizer, tokTypes } from 'acorn';

/** What is being typed at the end of a line. */
export type Cursor =
  /** `.sq` */
  | { readonly kind: 'command'; readonly typed: string }
  /** `add(us` */
  | { readonly kind: 'name'; readonly typed: string }
  /** `user.posts.le`, with the path `user`, `posts` */
  | { readonly kind: 'member'; readonly path: readonly string[]; readonly typed: string };

/** @returns undefined if nothing can be completed, as in a string, in a comment and after a call */
export function readCursor(line: string): Cursor | undefined {
  const command = /^\s*\.([a-z]\w*)?$/i.exec(line);
  if (command) return { kind: 'command', typed: command[1] ?? '' };
  const tokens = tokensOf(line);
  const last = tokens?.at(-1);
  const isTyped = last?.kind === 'word' && last.end === line.length;
  const path = tokens && pathBefore(isTyped ? tokens.slice(0, -1) : tokens);
  if (!path) return undefined;
  const typed = isTyped ? last.text : '';
  return path.length > 0 ? { kind: 'member', path, typed } : { kind: 'name', typed };
}

/** @returns the names before the dots at the end, or none; undefined for a dot after anything but a name */
function pathBefore(tokens: readonly Token[]): string[] | undefined {
  const path: string[] = [];
  let end = tokens.length;
  while (tokens[end - 1]?.kind === 'dot') {
    const owner = tokens[end - 2];
    if (owner?.kind !== 'word') return undefined;
    path.unshift(owner.text);
    end -= 2;
  }
  return path;
}

interface Token {
  /** Keywords are words, too, as members may have such names. */
  readonly kind: 'word' | 'dot' | 'other';
  readonly text: string;
  readonly end: number;
}

function tokensOf(line: string): Token[] | undefined {
  const comments: Comment[] = [];
  try {
    const tokens = [...tokenizer(line, { ecmaVersion: 'latest', onComment: comments })];
    if (comments.at(-1)?.end === line.length) return undefined;
    return tokens.map(({ type, start, end }) => {
      const isWord = type === tokTypes.name || type.keyword !== undefined;
      const isDot = type === tokTypes.dot || type === tokTypes.questionDot;
      return { kind: isWord ? 'word' : isDot ? 'dot' : 'other', text: line.slice(start, end), end };
    });
  } catch {
    // The line ends in a string or a template.
    return undefined;
  }
}
