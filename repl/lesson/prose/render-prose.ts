import { Chalk, type ChalkInstance } from 'chalk';
import MarkdownIt from 'markdown-it';
import { visible } from '../../../src/index.ts';
import type { Style } from '../../render/render.ts';
import { wrap } from '../../render/wrap.ts';
import { colorCode } from './color-code.ts';

const markdown = new MarkdownIt('commonmark').enable('table');

type Token = ReturnType<typeof markdown.parse>[number];

/** A line of prose is not longer, however wide the screen is. */
const maxWidth = 88;

/** Draws Markdown for a terminal: headings, emphasis, lists, code in color, links with where they lead. */
export function renderProse(text: string, { width, color }: Pick<Style, 'width' | 'color'>): string {
  const page = new Page(Math.min(width, maxWidth), new Chalk({ level: color ? 1 : 0 }));
  return page.draw(markdown.parse(text, {})).join('\n');
}

class Page {
  readonly #width: number;
  readonly #chalk: ChalkInstance;
  readonly #lines: string[] = [];
  /** What precedes each line of the block that is open, and its first line. */
  #margin = '';
  #bullet = '';
  readonly #counts: number[] = [];
  #isHeading = false;

  constructor(width: number, chalk: ChalkInstance) {
    this.#width = width;
    this.#chalk = chalk;
  }

  draw(tokens: readonly Token[]): readonly string[] {
    for (const token of tokens) this.#take(token);
    while (this.#lines.at(-1)?.trim() === '') this.#lines.pop();
    return this.#lines;
  }

  #take(token: Token): void {
    switch (token.type) {
      case 'heading_open':
        this.#isHeading = true;
        break;
      case 'heading_close':
        this.#isHeading = false;
        this.#endBlock();
        break;
      case 'bullet_list_open':
        this.#counts.push(Number.NaN);
        break;
      case 'ordered_list_open':
        this.#counts.push(Number(token.attrGet('start') ?? 1));
        break;
      case 'list_item_open':
        this.#openItem();
        break;
      case 'blockquote_open':
        this.#margin += '│ ';
        break;
      case 'list_item_close':
        this.#margin = this.#margin.slice(0, -this.#indent);
        break;
      case 'blockquote_close':
        this.#margin = this.#margin.slice(0, -2);
        break;
      case 'bullet_list_close':
      case 'ordered_list_close':
        this.#counts.pop();
        if (this.#counts.length === 0) this.#endBlock();
        break;
      case 'paragraph_close':
        if (!token.hidden && this.#counts.length === 0) this.#endBlock();
        break;
      case 'td_open':
      case 'th_open':
        this.#isCell = true;
        break;
      case 'tr_close':
        this.#isCell = false;
        this.#write(this.#cells.splice(0).join('  '));
        break;
      case 'table_close':
        this.#endBlock();
        break;
      case 'inline':
        this.#inline(token);
        break;
      case 'fence':
      case 'code_block':
        this.#code(token.content);
        break;
      case 'hr':
        this.#write(this.#chalk.dim('─'.repeat(this.#width)));
        this.#endBlock();
        break;
    }
  }

  #isCell = false;
  readonly #cells: string[] = [];

  /** How far the innermost list is indented. */
  get #indent(): number {
    return Number.isNaN(this.#counts.at(-1) ?? Number.NaN) ? 2 : 3;
  }

  #openItem(): void {
    const count = this.#counts.at(-1) ?? Number.NaN;
    this.#bullet = Number.isNaN(count) ? '• ' : `${count}. `;
    if (!Number.isNaN(count)) this.#counts[this.#counts.length - 1] = count + 1;
    this.#margin += ' '.repeat(this.#indent);
  }

  #inline(token: Token): void {
    const text = this.#textOf(token.children ?? []);
    if (this.#isCell) this.#cells.push(text);
    else this.#write(this.#isHeading ? this.#chalk.bold.underline(text) : text);
  }

  #write(text: string): void {
    for (const paragraph of text.split('\n'))
      for (const line of wrap(paragraph, this.#width - this.#margin.length)) {
        const before =
          this.#bullet === ''
            ? this.#margin
            : this.#margin.slice(0, -this.#indent) + this.#bullet.padEnd(this.#indent);
        this.#bullet = '';
        this.#lines.push(before + line);
      }
  }

  #code(content: string): void {
    for (const line of content.replace(/\n$/, '').split('\n'))
      this.#lines.push(`${this.#margin}    ${colorCode(visible(line), this.#chalk)}`);
    this.#endBlock();
  }

  #endBlock(): void {
    if (this.#lines.at(-1) !== '') this.#lines.push('');
  }

  #textOf(pieces: readonly Token[]): string {
    const styles: ((text: string) => string)[] = [];
    const links: string[] = [];
    const styled = (text: string) =>
      // Each word by itself, so that a line can break between them.
      text.replaceAll(/\S+/g, word => styles.reduce((drawn, style) => style(drawn), word));
    let text = '';
    for (const { type, content, attrs } of pieces) {
      if (type === 'strong_open') styles.push(this.#chalk.bold);
      else if (type === 'em_open') styles.push(this.#chalk.italic);
      else if (type === 'link_open') {
        styles.push(this.#chalk.underline);
        links.push(String(new Map(attrs).get('href') ?? ''));
      } else if (type.endsWith('_close')) {
        styles.pop();
        const link = type === 'link_close' ? links.pop() : undefined;
        if (link !== undefined && !text.endsWith(link)) text += this.#chalk.dim(` (${visible(link)})`);
      } else if (type === 'code_inline') text += colorCode(visible(content), this.#chalk, true);
      else if (type === 'softbreak') text += ' ';
      else if (type === 'hardbreak') text += '\n';
      else if (type === 'text' || type === 'image') text += styled(visible(content));
    }
    return text;
  }
}
