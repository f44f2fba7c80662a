import MarkdownIt from 'markdown-it';
import type { PagePart } from '../answer/answer.ts';

const markdown = new MarkdownIt('commonmark').enable('table');

type Token = ReturnType<typeof markdown.parse>[number];

/** A heading of a document, and what stands below it until the next one. */
export interface Section {
  readonly title: string;
  /** 1 for the title of the document. */
  readonly level: number;
  readonly parts: readonly PagePart[];
}

/**
 * Reads Markdown as pages of help are made of: paragraphs, lists, tables as lists of their first column, and code.
 */
export function readMarkdown(text: string): readonly Section[] {
  const sections: { title: string; level: number; parts: PagePart[] }[] = [];
  const tokens = markdown.parse(text, {});
  let index = 0;
  while (index < tokens.length) {
    const token = tokens[index] as Token;
    const end = endOf(tokens, index);
    const inside = tokens.slice(index, end);
    if (token.type === 'heading_open')
      sections.push({ title: textOf(inside), level: Number(token.tag.slice(1)), parts: [] });
    else sections.at(-1)?.parts.push(...partsOf(token, inside));
    index = end;
  }
  return sections;
}

/** The index after a block and all that it has inside. */
function endOf(tokens: readonly Token[], start: number): number {
  let depth = 0;
  for (let index = start; index < tokens.length; index++) {
    depth += tokens[index]?.nesting ?? 0;
    if (depth <= 0) return index + 1;
  }
  return tokens.length;
}

function partsOf(token: Token, inside: readonly Token[]): PagePart[] {
  switch (token.type) {
    case 'paragraph_open':
    case 'blockquote_open':
      return [{ kind: 'paragraph', text: textOf(inside) }];
    case 'fence':
    case 'code_block':
      return [{ kind: 'lines', lines: token.content.replace(/\n$/, '').split('\n') }];
    case 'bullet_list_open':
    case 'ordered_list_open':
      return blocksOf('list_item_open', inside).map(item => ({
        kind: 'paragraph',
        text: `- ${textOf(item)}`,
      }));
    case 'table_open':
      return [tableOf(inside)];
    default:
      return [];
  }
}

/** Each row as an entry: its first cell, and the others after one another, with the names of their columns. */
function tableOf(inside: readonly Token[]): PagePart {
  const [head = [], ...rows] = blocksOf('tr_open', inside).map(row =>
    row.filter(({ type }) => type === 'inline').map(cell => textOf([cell])),
  );
  const [first = '', ...names] = head;
  const entries = rows.map(([term = '', ...cells]): [string, string] => {
    const named = cells.map((cell, index) =>
      names.length > 1 && names[index] !== '' ? `${names[index]}: ${cell}` : cell,
    );
    return [term, named.filter(cell => !/^$|: $/.test(cell)).join('. ')];
  });
  return { kind: 'list', heading: [first, ...names].filter(name => !/^#?$/.test(name)).join(' / '), entries };
}

/** The blocks of a type, each with what it has inside. */
function blocksOf(type: string, tokens: readonly Token[]): Token[][] {
  return tokens.flatMap((token, index) =>
    token.type === type ? [tokens.slice(index, endOf(tokens, index))] : [],
  );
}

/** What stands in blocks, without marks: of code what it is, of a link its text. */
function textOf(tokens: readonly Token[]): string {
  const pieces = tokens.flatMap(({ type, children }) => (type === 'inline' ? (children ?? []) : []));
  const texts = pieces.map(({ type, content }) =>
    type === 'softbreak' || type === 'hardbreak' ? ' ' : content,
  );
  return texts.join('').replaceAll('&nbsp;', ' ').trim();
}
