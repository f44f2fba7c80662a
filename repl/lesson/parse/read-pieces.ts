import MarkdownIt from 'markdown-it';
import type { Choice } from '../lesson.ts';

const markdown = new MarkdownIt('commonmark');

type Token = ReturnType<typeof markdown.parse>[number];

/** A piece of a file. Lines count from 1. */
export type Piece =
  | { readonly kind: 'prose'; readonly line: number; readonly markdown: string }
  /** A fence of language `repl`, or a hidden one. */
  | { readonly kind: 'block'; readonly line: number }
  | { readonly kind: 'choices'; readonly line: number; readonly choices: readonly Choice[] }
  | Details;

/** `<details><summary>…</summary>` … `</details>` of a hint or of an answer. */
export interface Details {
  readonly kind: 'details';
  readonly line: number;
  readonly summary: string;
  readonly markdown: string;
  /** The fences in it, with the line of each. */
  readonly fences: readonly { readonly line: number; readonly content: string }[];
}

type Complain = (line: number, message: string) => void;

/**
 * Cuts a Markdown file into what a lesson is made of.
 *
 * @param lines of the file, front matter included
 * @param complain receives what is wrong with a line
 * @param meant matches the summaries of hints and answers; other details are prose
 */
export function readPieces(lines: readonly string[], complain: Complain, meant: RegExp): Piece[] {
  const body = withoutFrontMatter(lines);
  const tokens = markdown.parse(`${body.join('\n')}\n`, {});
  const pieces: Piece[] = [];
  let prose: string[] = [];
  let proseLine = 1;
  const endProse = () => {
    const text = prose.join('\n').replaceAll(/^\n+|\s+$/g, '');
    if (text !== '') pieces.push({ kind: 'prose', line: proseLine, markdown: text });
    prose = [];
  };
  let read = 0;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] as Token;
    const [from, to] = token.level === 0 && token.nesting >= 0 && token.map ? token.map : [-1, -1];
    if (from < 0) continue;
    const piece = pieceAt(tokens, index, { body, complain, meant });
    if (!piece) {
      if (prose.length === 0) proseLine = from + 1;
      prose.push(...body.slice(Math.max(read, prose.length === 0 ? from : read), to));
      read = to;
      continue;
    }
    endProse();
    pieces.push(piece.piece);
    index = piece.last;
    read = piece.to;
  }
  endProse();
  return pieces;
}

interface File {
  readonly body: readonly string[];
  readonly complain: Complain;
  readonly meant: RegExp;
}

interface Found {
  readonly piece: Piece;
  /** The index of its last token. */
  readonly last: number;
  /** The line after it, from 0. */
  readonly to: number;
}

function pieceAt(tokens: readonly Token[], index: number, file: File): Found | undefined {
  const { type, info, content, map } = tokens[index] as Token;
  const [from, to] = map as [number, number];
  if (type === 'fence' && /^\s*repl(?![^\s{])/.test(info))
    return { piece: { kind: 'block', line: from + 1 }, last: index, to };
  if (type === 'html_block' && /^\s*<!--\s*repl\s+setup\b/.test(content))
    return { piece: { kind: 'block', line: from + 1 }, last: index, to };
  if (type === 'html_block') return detailsAt(tokens, index, file);
  return type === 'bullet_list_open' ? choicesAt(tokens, index) : undefined;
}

function detailsAt(
  tokens: readonly Token[],
  index: number,
  { body, complain, meant }: File,
): Found | undefined {
  const { content, map } = tokens[index] as Token;
  const [from, start] = map as [number, number];
  const [, summary = ''] = /^\s*<details>\s*<summary>(.*?)<\/summary>/s.exec(content) ?? [];
  if (!meant.test(summary)) return undefined;
  const last = tokens.findIndex(
    (each, at) => at > index && each.type === 'html_block' && /^\s*<\/details>/.test(each.content),
  );
  if (last < 0) {
    complain(from + 1, `'${summary}' is not closed: write </details> below it, after an empty line.`);
    return undefined;
  }
  const [end = body.length, to = body.length] = tokens[last]?.map ?? [];
  const fences = tokens
    .slice(index, last)
    .flatMap(each =>
      each.type === 'fence' ? [{ line: (each.map?.[0] ?? 0) + 1, content: each.content }] : [],
    );
  const inside = body.slice(start, end).join('\n').trim();
  return { piece: { kind: 'details', line: from + 1, summary, markdown: inside, fences }, last, to };
}

/** A list whose items all begin with `[ ]` or `[x]`. What stands below the first line of an item is said when it is chosen. */
function choicesAt(tokens: readonly Token[], index: number): Found | undefined {
  const last = tokens.findIndex((each, at) => at > index && each.level === 0 && each.nesting < 0);
  const texts = tokens
    .slice(index, last)
    .flatMap((each, at, all) => (each.type === 'list_item_open' ? [inlineAfter(all, at)] : []));
  const choices = texts.map(text => /^\[([ xX])\]\s+([^\n]*)\n?([^]*)$/.exec(text));
  const [from, to] = tokens[index]?.map ?? [0, 0];
  if (choices.length === 0 || choices.includes(null)) return undefined;
  return {
    piece: {
      kind: 'choices',
      line: from + 1,
      choices: choices.map(choice => {
        const [, mark, text = '', because = ''] = choice ?? [];
        return { text, isRight: mark !== ' ', because: because.trim() };
      }),
    },
    last,
    to,
  };
}

/** The texts of a list's item. */
function inlineAfter(tokens: readonly Token[], at: number): string {
  const end = tokens.findIndex((each, index) => index > at && each.type === 'list_item_close');
  return tokens
    .slice(at, end < 0 ? undefined : end)
    .flatMap(({ type, content }) => (type === 'inline' ? [content] : []))
    .join('\n');
}

function withoutFrontMatter(lines: readonly string[]): string[] {
  if (lines[0]?.trimEnd() !== '---') return [...lines];
  const end = lines.findIndex((line, index) => index > 0 && /^(?:---|\.\.\.)\s*$/.test(line));
  return end < 0 ? [...lines] : lines.map((line, index) => (index <= end ? '' : line));
}
