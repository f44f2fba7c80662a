import MarkdownIt from 'markdown-it';

const markdown = new MarkdownIt('commonmark');

type MarkdownToken = ReturnType<typeof markdown.parse>[number];

/** The lines of a session in a Markdown file. */
export interface Passage {
  /** What follows `repl`. */
  readonly info: string;
  readonly setup: boolean;
  readonly fence: string;
  /** The line that opens it, counted from 1. */
  readonly line: number;
  readonly content: readonly string[];
  readonly closed: boolean;
  readonly headings: readonly string[];
}

/**
 * Finds the sessions in Markdown: fences of language `repl` and hidden blocks.
 *
 * @param complain receives what is wrong with a line, counted from 1
 */
export function readPassages(
  lines: readonly string[],
  complain: (line: number, message: string) => void,
): Passage[] {
  const passages: Passage[] = [];
  let headings: { level: number; text: string }[] = [];
  for (const [index, line] of lines.entries())
    if (line.includes('\0'))
      complain(index + 1, 'Markdown takes the NUL in this line for another character: write \\0 in code.');
  const tokens = markdown.parse(`${lines.join('\n')}\n`, {});
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'heading_open') {
      const level = Number(token.tag.slice(1));
      const text = tokens[index + 1]?.content ?? '';
      headings = [...headings.filter(each => each.level < level), { level, text }];
    }
    const passage = readToken(token, complain);
    if (!passage) continue;
    if (passage.closed) passages.push({ ...passage, headings: headings.map(({ text }) => text) });
    else complain(passage.line, 'This block is not closed: end it with a fence like the one that opens it.');
  }
  return passages;
}

function readToken(
  token: MarkdownToken,
  complain: (line: number, message: string) => void,
): Omit<Passage, 'headings'> | undefined {
  if (token.type === 'fence') return readFence(token, complain);
  return token.type === 'html_block' ? readHtml(token, complain) : undefined;
}

/** A line that opens a block of a session. */
const opening = /^\s*(`{3,}|~{3,})\s*repl(?![^\s{])/;

function readFence(
  { info, map, content, markup }: MarkdownToken,
  complain: (line: number, message: string) => void,
): Omit<Passage, 'headings'> | undefined {
  const [start, end] = map ?? [0, 0];
  const lines = content.split('\n').slice(0, -1);
  const closed = end - start === lines.length + 2;
  const [, language, rest = ''] = /^\s*([^\s{]*)(.*)$/.exec(info) ?? [];
  const swallowsAnother = lines.some(line => {
    const [, fence = ''] = opening.exec(line) ?? [];
    // A fence that is longer than one inside it, or of another kind, shows it on purpose.
    return closed ? fence.startsWith(markup) : fence !== '';
  });
  if (language !== 'repl' && language?.toLowerCase() === 'repl')
    complain(start + 1, `A block of ${language} would not run: the language is repl.`);
  if (language !== 'repl' && !swallowsAnother) return undefined;
  return {
    info: rest,
    setup: false,
    fence: markup,
    line: start + 1,
    content: lines,
    closed: closed && !swallowsAnother,
  };
}

/** Reads `<!-- repl setup` … `-->`, a session that readers do not see. */
function readHtml(
  { map, content }: MarkdownToken,
  complain: (line: number, message: string) => void,
): Omit<Passage, 'headings'> | undefined {
  const [, words, inside] = /^\s*<!--[ \t]*repl(?=\s)[ \t]*([^\n]*)\n?([^]*)$/.exec(content) ?? [];
  const line = (map?.[0] ?? 0) + 1;
  if (words === undefined || inside === undefined) {
    const swallowed = blockIn(content);
    if (swallowed !== undefined)
      complain(
        line + swallowed,
        'This block is inside the HTML before it and would not run: put a blank line between them.',
      );
    return undefined;
  }
  const [, word, info = ''] = /^(\w*)[ \t]*(.*)$/.exec(words) ?? [];
  if (word !== 'setup') complain(line, `A hidden block begins with <!-- repl setup, not with ${words}.`);
  const end = inside.indexOf('-->');
  return {
    info,
    setup: true,
    fence: '',
    line,
    content: inside.slice(0, Math.max(end, 0)).replace(/\n$/, '').split('\n'),
    closed: end >= 0,
  };
}

/** The line, counted from 0, of a block that Markdown reads as mere text of the HTML around it. */
function blockIn(html: string): number | undefined {
  if (/^\s*<!--/.test(html)) return undefined;
  const index = html
    .split('\n')
    .findIndex(text => opening.test(text) || /^\s*<!--\s*repl\s+setup\b/.test(text));
  return index < 0 ? undefined : index;
}
