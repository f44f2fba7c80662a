import type { Row, Screen } from './cell.ts';
import { drawRow, isSameRow } from './draw-row.ts';
import { Pen } from './pen.ts';

/** What is on the screen. */
export interface Drawn extends Screen {
  /** How many rows there are from the prompt's on, used or blank. */
  readonly reached: number;
}

/** From so many rows on that are drawn anew it is worth looking whether they only moved. */
const manyRows = 3;

/** The screen at the start of an empty row, where a prompt is to be drawn. */
export function undrawn(width: number): Drawn {
  return { rows: [], cursor: { row: 0, column: 0 }, width, reached: 1 };
}

/**
 * Draws what differs between two screens of the same width.
 *
 * @returns the bytes that the terminal is to get, in one write, and what is on the screen then
 */
export function draw(before: Drawn, after: Screen): { readonly bytes: string; readonly drawn: Drawn } {
  const { rows, cursor, width } = after;
  const pen = new Pen(width, before.cursor, before.reached);
  const moved = moveRows(pen, before.rows, rows);
  for (const [index, row] of rows.entries()) drawRow(pen, index, moved[index] ?? [], row, width);
  if (moved.length > rows.length) {
    pen.moveTo(rows.length, 0);
    pen.eraseBelow();
  }
  pen.moveTo(cursor.row, cursor.column);
  return { bytes: pen.end(), drawn: { rows, cursor, width, reached: pen.reached } };
}

/**
 * What blanks a screen that was drawn for another width, so that it can be drawn anew. Terminals break rows above the
 * cursor again that are too long now; whether they break its own row, too, they disagree. What is above the prompt stays.
 */
export function erased({ rows, cursor }: Drawn, width: number): string {
  const above = rows.slice(0, cursor.row);
  const up = above.reduce((sum, row) => sum + Math.max(1, Math.ceil(row.length / width)), 0);
  return `\r${up > 0 ? `\u001B[${up}A` : ''}\u001B[J`;
}

/** What follows a text that is run: its answer begins below it. */
export function left({ rows, cursor }: Drawn): string {
  const down = rows.length - 1 - cursor.row;
  return `${down > 0 ? `\u001B[${down}B` : ''}\r\n`;
}

/** Moves rows down or up where more of them are right then. @returns the rows as they are then */
function moveRows(pen: Pen, before: readonly Row[], after: readonly Row[]): readonly Row[] {
  let fewest = changedRows(before, after) - manyRows;
  if (fewest <= 0) return before;
  const first = before.findIndex((row, index) => !isSameRow(row, after[index]));
  if (first < 0) return before;
  let best: { readonly at: number; readonly by: number; readonly rows: readonly Row[] } | undefined;
  for (const at of [first, first + 1])
    for (const by of [1, -1, 2, -2, 3, -3]) {
      if (at > before.length - Math.max(0, before.length + by - after.length)) continue;
      const rows = movedRows(before, at, by, after.length);
      const count = changedRows(rows, after);
      if (count < fewest) {
        fewest = count;
        best = { at, by, rows };
      }
    }
  if (!best) return before;
  const { at, by, rows } = best;
  if (by > 0) {
    const excess = before.length + by - after.length;
    if (excess > 0) {
      // Rows that leave at the end: the screen may or may not end there.
      pen.moveTo(before.length - excess, 0);
      pen.shiftRows(-excess);
    }
    if (rows.length > pen.reached) pen.moveTo(rows.length - 1, 0);
  }
  pen.moveTo(at, 0);
  pen.shiftRows(by);
  return rows;
}

function movedRows(rows: readonly Row[], at: number, by: number, length: number): readonly Row[] {
  if (by < 0) return [...rows.slice(0, at), ...rows.slice(at - by)];
  const blanks = Array.from({ length: by }, (): Row => []);
  return [...rows.slice(0, at), ...blanks, ...rows.slice(at)].slice(0, Math.max(length, at + by));
}

function changedRows(before: readonly Row[], after: readonly Row[]): number {
  let count = 0;
  for (let index = 0; index < after.length; index++) if (!isSameRow(before[index], after[index])) count += 1;
  return count;
}
