import MarkdownIt from 'markdown-it';
import { readStatement } from '../../input/statement.ts';
import { readAttributes } from './attributes.ts';
import { readExpectation } from './expectation.ts';
import { readFrontMatter } from './front-matter.ts';
import { namesIn, substitute } from './pattern.ts';
import type { Block, Problem, Step, Transcript } from '../transcript.ts';

const markdown = new MarkdownIt('commonmark');

/** What ends a line, as CommonMark has it. */
export const newline = /\r\n|\n|\r/;

/** A run of lines of a session, as Markdown sees it. */
interface Passage {
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
 * Reads a Markdown file. Never throws: what is wrong is in `problems`.
 *
 * @param path how to name the file
 */
export function parseTranscript(path: string, text: string): Transcript {
  const problems: Problem[] = [];
  const complain = (line: number, message: string) => void problems.push({ line, message });
  const lines = text.replace(/^\uFEFF/, '').split(newline);
  const { length, ...frontMatter } = readFrontMatter(lines, complain);
  const body = [...Array.from({ length }, () => ''), ...lines.slice(length)];
  const bound = new Map<string, string>();
  const blocks = readPassages(body, complain).map(passage => readBlock(passage, lines, bound, complain));
  const ids = new Set<string>();
  for (const { id, line } of blocks) {
    if (id !== undefined && ids.has(id)) complain(line, `The id #${id} is taken already; ids are unique.`);
    if (id !== undefined) ids.add(id);
  }
  return {
    path,
    text,
    ...frontMatter,
    blocks,
    problems: problems.toSorted((one, other) => one.line - other.line),
  };
}

function readPassages(
  lines: readonly string[],
  complain: (line: number, message: string) => void,
): Passage[] {
  const passages: Passage[] = [];
  let headings: { level: number; text: string }[] = [];
  const tokens = markdown.parse(`${lines.join('\n')}\n`, {});
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'heading_open') {
      const level = Number(token.tag.slice(1));
      const text = tokens[index + 1]?.content ?? '';
      headings = [...headings.filter(each => each.level < level), { level, text }];
    }
    const passage =
      token.type === 'fence'
        ? readFence(token)
        : token.type === 'html_block'
          ? readHtml(token, complain)
          : undefined;
    if (!passage) continue;
    if (passage.closed) passages.push({ ...passage, headings: headings.map(({ text }) => text) });
    else complain(passage.line, 'This block is not closed: end it with a fence like the one that opens it.');
  }
  return passages;
}

type Token = ReturnType<typeof markdown.parse>[number];

/** A line that opens a block of a session. */
const opening = /^\s*(`{3,}|~{3,})\s*repl(?![^\s{])/;

function readFence({ info, map, content, markup }: Token): Omit<Passage, 'headings'> | undefined {
  const [start, end] = map ?? [0, 0];
  const lines = content.split('\n').slice(0, -1);
  const closed = end - start === lines.length + 2;
  const [, language, rest = ''] = /^\s*([^\s{]*)(.*)$/.exec(info) ?? [];
  const swallows = lines.some(line => {
    const [, fence = ''] = opening.exec(line) ?? [];
    // A fence that is longer than one within it, or another, is there to show it.
    return closed ? fence.startsWith(markup) : fence !== '';
  });
  if (language !== 'repl' && !swallows) return undefined;
  return {
    info: rest,
    setup: false,
    fence: markup,
    line: start + 1,
    content: lines,
    closed: closed && !swallows,
  };
}

/** `<!-- repl setup` … `-->`: a session that the reader does not see. In other HTML a session is mere text. */
function readHtml(
  { map, content }: Token,
  complain: (line: number, message: string) => void,
): Omit<Passage, 'headings'> | undefined {
  const [, words, inside] = /^\s*<!--[ \t]*repl(?=\s)[ \t]*([^\n]*)\n?([^]*)$/.exec(content) ?? [];
  const line = (map?.[0] ?? 0) + 1;
  if (words === undefined || inside === undefined) {
    const hidden = /^\s*<!--/.test(content)
      ? -1
      : content.split('\n').findIndex(text => opening.test(text) || /^\s*<!--\s*repl\s+setup\b/.test(text));
    if (hidden >= 0)
      complain(
        line + hidden,
        'This block is a part of the HTML before it and would not run: put a blank line between.',
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

function readBlock(
  { info, setup, fence, line, content, headings }: Passage,
  lines: readonly string[],
  bound: Map<string, string>,
  complain: (line: number, message: string) => void,
): Block {
  const attributes = readAttributes(info, message => complain(line, message));
  const starts = content.flatMap((text, index) => (text.startsWith('> ') ? [index] : []));
  const first = content.slice(0, starts[0] ?? content.length).findIndex(text => text.trim() !== '');
  if (first >= 0)
    complain(line + 1 + first, "A block begins with a statement: write '> ' before what is typed.");
  const steps = starts.map((start, index) =>
    readStep(content.slice(start, starts[index + 1]), line + 1 + start, lines, bound, complain),
  );
  return { ...attributes, line, lastLine: line + content.length + 1, fence, headings, setup, steps };
}

function readStep(
  content: readonly string[],
  line: number,
  lines: readonly string[],
  bound: Map<string, string>,
  complain: (line: number, message: string) => void,
): Step {
  const more = content.slice(1).findIndex(text => !/^\.\.\.(?: |$)/.test(text));
  const height = more < 0 ? content.length : more + 1;
  const typed = content
    .slice(0, height)
    .map((text, index) => text.slice(index === 0 ? 2 : 4))
    .join('\n');
  if (readStatement(substitute(typed, bound), () => true).kind === 'incomplete')
    complain(line, "This statement is not whole: go on with it in lines that begin with '... '.");
  // What a name stands for is not known before it runs; any value makes a statement as whole as another.
  for (const name of content.slice(height).flatMap(namesIn)) bound.set(name, '0');
  const raw = lines[line - 1] ?? '';
  const [first = ''] = content;
  return {
    line,
    lastLine: line + content.length - 1,
    typed,
    margin: raw.endsWith(first) ? raw.slice(0, raw.length - first.length) : '',
    expected: readExpectation(content.slice(height), (index, message) =>
      complain(line + height + index, message),
    ),
  };
}
