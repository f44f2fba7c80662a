import type { View } from '../effect.ts';
import { boundaryAt, clustersOf, isAscii } from '../text/clusters.ts';
import { columnsOf, widthAt } from '../text/columns.ts';
import { lineEnd, lineStart } from '../text/places.ts';
import { type Cell, cellOf, type Row, type Screen, type Styled } from './cell.ts';
import { addCells, rowOf } from './cells-of.ts';
import { menuRows } from './menu-rows.ts';
import type { Kind, Theme } from './theme.ts';
import { type LineRow, wrapLine } from './wrap-line.ts';

/** A part of the text that is of a kind. */
export interface Span {
  readonly kind: Kind;
  readonly from: number;
  readonly to: number;
}

/** What a view is laid out for. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
  /** What stands before the first line. */
  readonly prompt: readonly Styled[];
  /** What stands before every other line. */
  readonly continuation: string;
  /** @returns the kinds of a part of the text, in their order; of those that overlap, the later one counts */
  readonly highlight: (view: View, from: number, to: number) => Iterable<Span>;
}

/** A screen, and where the text begins that it shows, for the next one to begin at, too. */
export interface Layout extends Screen {
  readonly top: number;
}

/** A row with the place where the text has it. */
interface Placed extends LineRow {
  readonly isFirstOfLine: boolean;
}

/**
 * Lays out a text with what is around it. Of one that is higher than the screen, the part around the cursor is shown.
 *
 * @param before the layout that is on the screen: the window moves no further than it must
 */
export function layout(view: View, frame: Frame, before?: Layout): Layout {
  const { width, height, theme } = frame;
  const below = rowsBelow(view, frame);
  const room = Math.max(1, height - below.length);
  const { rows: window, cursorRow } = windowOf(view, frame, room, before?.top ?? 0);
  const styles = stylesOf(view, frame, window[0]?.from ?? 0, window.at(-1)?.to ?? 0);
  const rows = window.map(row => rowCells(view, frame, row, styles));
  const current = window[cursorRow];
  const column = current ? columnIn(view, frame, current) : 0;
  if (view.suggestion !== '' && theme.suggestion !== undefined) suggest(rows, view.suggestion, room, frame);
  return {
    rows: [...rows, ...below],
    cursor: { row: cursorRow, column: Math.min(column, width - 1) },
    width,
    top: window[0]?.from ?? 0,
  };
}

function rowsBelow({ menu, search, text }: View, { width, height, theme }: Frame): readonly Row[] {
  if (search) {
    const isFailed = search.query !== '' && !search.match;
    const what = `${isFailed ? 'not found' : 'history'}${search.direction > 0 ? ', forward' : ''}`;
    return height > 1
      ? [rowOf([{ text: `(${what}) ${search.query}`, style: theme.status ?? '' }], width)]
      : [];
  }
  // The text keeps some rows, of a low screen the most.
  const least = Math.min(text.includes('\n') ? 3 : 1, Math.ceil(height / 2));
  return menu ? menuRows(menu, width, height - least, theme) : [];
}

/** The rows around the cursor that fit. Lines that are far from it are not looked at, however long the text is. */
function windowOf(view: View, frame: Frame, room: number, top: number) {
  const { text, cursor } = view;
  const start = lineStart(text, cursor);
  const current = rowsOfLine(view, frame, start);
  const index = Math.max(
    0,
    current.findLastIndex(({ from }) => from <= cursor),
  );
  const above = current.slice(Math.max(0, index - room), index);
  for (let line = start; line > 0 && above.length < room;) {
    line = lineStart(text, line - 1);
    above.unshift(...rowsOfLine(view, frame, line));
  }
  const rest = current.slice(index, index + room);
  for (
    let line = lineEnd(text, cursor);
    line < text.length && rest.length < room;
    line = lineEnd(text, line + 1)
  )
    rest.push(...rowsOfLine(view, frame, line + 1));
  const all = [...above, ...rest];
  // The row that was the first one stays so, as long as the cursor is below it and not too far.
  const wanted = all.findIndex(({ from }) => from >= top);
  const lowest = Math.max(0, above.length - room + 1);
  const first = Math.min(
    Math.max(wanted < 0 ? lowest : wanted, lowest),
    above.length,
    Math.max(lowest, all.length - room),
  );
  return { rows: all.slice(first, first + room), cursorRow: above.length - first };
}

function rowsOfLine({ text, cursor }: View, frame: Frame, start: number): readonly Placed[] {
  const end = lineEnd(text, start);
  const indent = promptOf(frame, start).length;
  const rows = wrapLine(text.slice(start, end), start, indent, frame.width);
  const placed = rows.map((row, index) => ({ ...row, isFirstOfLine: index === 0 }));
  const last = placed.at(-1);
  if (!last || cursor !== end) return placed;
  // Behind the last column there is no place for the cursor.
  const line = text.slice(last.from, end);
  const taken = (last.isFirstOfLine ? indent : 0) + columnsFrom(line, last.column);
  if (taken < frame.width) return placed;
  return [
    ...placed,
    { from: end, to: end, column: last.column + columnsFrom(line, last.column), isFirstOfLine: false },
  ];
}

function promptOf({ prompt, continuation, theme, width }: Frame, start: number): Row {
  const parts = start === 0 ? prompt : [{ text: continuation, style: theme.continuation ?? '' }];
  return rowOf(parts, Math.max(0, width - 4));
}

/** The style of each place of a part of the text. */
function stylesOf(view: View, { highlight, theme }: Frame, from: number, to: number): (at: number) => string {
  const styles: string[] = [];
  for (const span of highlight(view, from, to)) {
    const style = theme[span.kind] ?? '';
    for (let at = Math.max(from, span.from); at < Math.min(to, span.to); at++) styles[at - from] = style;
  }
  return at => styles[at - from] ?? '';
}

function rowCells({ text }: View, frame: Frame, row: Placed, styleAt: (at: number) => string): Cell[] {
  const { width } = frame;
  const cells: Cell[] = row.isFirstOfLine ? [...promptOf(frame, lineStart(text, row.from))] : [];
  let { column, from: at } = row;
  const part = text.slice(row.from, row.to);
  if (isAscii(part)) {
    for (const character of part) cells.push(cellOf(character, styleAt(at++)));
    return cells;
  }
  for (const cluster of clustersOf(part)) {
    const columns = widthAt(cluster, column);
    const fitting = cluster === '\t' ? Math.min(columns, width - cells.length) : columns;
    addCells(cells, cluster, fitting, styleAt(at));
    at += cluster.length;
    column += fitting;
  }
  return cells.length > width ? cells.slice(0, width) : cells;
}

function columnIn({ text, cursor }: View, frame: Frame, row: Placed): number {
  const indent = row.isFirstOfLine ? promptOf(frame, lineStart(text, row.from)).length : 0;
  return indent + columnsFrom(text.slice(row.from, boundaryAt(text, cursor)), row.column);
}

/** The columns of a part of a line that begins at a column. */
function columnsFrom(part: string, start: number): number {
  if (start === 0) return columnsOf(part);
  let column = start;
  for (const cluster of clustersOf(part)) column += widthAt(cluster, column);
  return column - start;
}

/** Shows what could follow behind the text: the rest of its line, in rows of its own where the last one is full. */
function suggest(rows: Cell[][], suggestion: string, room: number, { width, theme }: Frame): void {
  const style = theme.suggestion ?? '';
  const [line = '', ...others] = suggestion.split('\n', 2);
  let row = rows.at(-1);
  for (const cluster of clustersOf(others.length > 0 ? `${line} …` : line)) {
    if (!row) return;
    const columns = widthAt(cluster, row.length);
    if (row.length + columns > width) {
      if (rows.length >= room) return;
      row = [];
      rows.push(row);
    }
    addCells(row, cluster, Math.min(columns, width), style);
  }
}
