import type { PageAnswer, PagePart } from '../answer/answer.ts';
import { wrap } from './wrap.ts';

const indent = '  ';

/** A term that is longer stands above what it means, and not beside it. */
const maxTermColumns = 24;

/** On a narrower screen lines run over the edge. */
const minTextColumns = 20;

/** Draws a page of help, its lists with one column of terms. */
export function renderPage({ parts }: PageAnswer, width: number): string {
  const terms = parts.flatMap(part =>
    part.kind === 'list' ? part.entries.map(([term]) => term.length) : [],
  );
  const termColumns = Math.max(0, ...terms.filter(columns => columns <= maxTermColumns));
  return parts.map(part => linesOf(part, width, termColumns).join('\n')).join('\n\n');
}

function linesOf(part: PagePart, width: number, termColumns: number): string[] {
  switch (part.kind) {
    case 'lines':
      return part.lines.map(line => (line === '' ? line : indent + line));
    case 'rows':
      return rowLines(part.rows, width);
    case 'paragraph':
      return part.heading === undefined
        ? wrap(part.text, width)
        : [part.heading, ...wrap(part.text, width - indent.length).map(line => indent + line)];
    case 'list':
      return [part.heading, ...part.entries.flatMap(entry => entryLines(entry, width, termColumns))];
  }
}

/** Each row on a line, its last cell broken into several where it is too long. */
function rowLines(rows: readonly (readonly string[])[], width: number): string[] {
  const before = rows.map(row => row.slice(0, -1));
  const columns = Math.max(0, ...before.map(row => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...before.map(row => row[column]?.length ?? 0)),
  );
  const gap = ' '.repeat(widths.reduce((sum, each) => sum + each + indent.length, indent.length));
  return rows.flatMap(row => {
    const cells = widths.map((each, column) => (row[column] ?? '').padEnd(each));
    const [first = '', ...more] = wrap(row.at(-1) ?? '', Math.max(minTextColumns, width - gap.length));
    return [`${indent}${[...cells, first].join(indent)}`.trimEnd(), ...more.map(line => gap + line)];
  });
}

function entryLines([term, text]: readonly [string, string], width: number, termColumns: number): string[] {
  const gap = ' '.repeat(indent.length + termColumns + indent.length);
  const [first = '', ...more] = wrap(text, Math.max(minTextColumns, width - gap.length));
  const beside =
    term.length > termColumns
      ? [indent + term, gap + first]
      : [`${indent}${term.padEnd(termColumns)}${indent}${first}`];
  return [...beside, ...more.map(line => gap + line)];
}
