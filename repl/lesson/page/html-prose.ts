import MarkdownIt from 'markdown-it';
import { escapeHtml, htmlCode } from './html.ts';

const markdown = new MarkdownIt('commonmark').enable('table');

/** A heading of a page, with the id that leads to it. */
export interface Heading {
  readonly level: number;
  readonly id: string;
  /** HTML. */
  readonly text: string;
}

type Token = ReturnType<typeof markdown.parse>[number];

/** The marks of HTML that a lesson's prose can have, without attributes; others, and comments, are left out. */
const allowed = /^<(\/?(?:details|summary|kbd|sub|sup|br))\b[^>]*>$/;
/** The languages that are colored, as the prompt would. */
const colored = /^(?:$|ts|typescript|js|javascript|repl)\b/;

const { rules } = markdown.renderer;
rules.html_block = (tokens, index) => onlyAllowed(tokens[index]?.content ?? '');
rules.html_inline = (tokens, index) => onlyAllowed(tokens[index]?.content ?? '');
rules.code_inline = (tokens, index) => `<code>${escapeHtml(tokens[index]?.content ?? '')}</code>`;
rules.fence = rules.code_block = (tokens, index) => {
  const { content = '', info = '' } = tokens[index] ?? {};
  const code = content.replace(/\n$/, '');
  return `<pre>${colored.test(info) ? htmlCode(code) : escapeHtml(code)}</pre>\n`;
};
rules.text = (tokens, index) => escapeHtml(tokens[index]?.content ?? '');
// A page loads nothing.
rules.image = (tokens, index) => escapeHtml(tokens[index]?.content ?? '');
rules.link_open = (tokens, index) => {
  const href = addressOf(tokens[index]);
  return href === undefined ? '<span>' : `<a href="${escapeHtml(href)}" rel="noreferrer">`;
};
rules.link_close = (tokens, index) => {
  const opening = tokens
    .slice(0, index)
    .findLast(({ type, level }) => type === 'link_open' && level === tokens[index]?.level);
  return addressOf(opening) === undefined ? '</span>' : '</a>';
};

/** Where a link leads; undefined for another file, which is not in the page. */
function addressOf(link: Token | undefined): string | undefined {
  const href = String(link?.attrGet('href') ?? '');
  return /^https?:\/\//.test(href) ? href : undefined;
}

/** The texts between marks, with those marks that are allowed. */
function onlyAllowed(html: string): string {
  return html
    .replaceAll(/<!--[^]*?(?:-->|$)/g, '')
    .split(/(<[^>]*>)/)
    .map(piece => {
      const [, mark] = allowed.exec(piece) ?? [];
      if (mark !== undefined) return `<${mark}>`;
      return piece.startsWith('<') ? '' : escapeHtml(piece);
    })
    .join('');
}

/**
 * Writes Markdown as HTML that loads nothing and runs nothing.
 *
 * @param headings receives those in it, if they are to have ids
 */
export function htmlProse(text: string, headings?: Heading[]): string {
  const tokens = markdown.parse(text, {});
  for (const [index, token] of tokens.entries()) {
    if (headings === undefined || token.type !== 'heading_open') continue;
    const content = tokens[index + 1];
    const id = `part-${headings.length + 1}`;
    token.attrSet('id', id);
    headings.push({
      level: Number(token.tag.slice(1)),
      id,
      text: markdown.renderer.renderInline(content?.children ?? [], markdown.options, {}),
    });
  }
  return markdown.renderer.render(tokens, markdown.options, {}).trim();
}
