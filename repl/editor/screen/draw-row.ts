import { type Cell, cellOf, isSame, type Row } from './cell.ts';
import type { Pen } from './pen.ts';

/** The most columns by which the rest of a row is moved in one. */
const maxShift = 8;
/** The bytes that moving the rest of a row costs; below that, writing the cells is shorter. */
const shiftCost = 10;
/** A cell that is the same is written again where going over it is longer. */
const gapCost = 4;

const blank = cellOf(' ', '');

/** Draws what differs in a row. */
export function drawRow(pen: Pen, index: number, before: Row, after: Row, width: number): void {
  const shifted = shift(pen, index, before, after, width);
  const end = Math.max(shifted.length, after.length);
  for (let column = 0; column < end;) {
    if (isShown(shifted[column], after[column])) {
      column += 1;
      continue;
    }
    if (column >= after.length) {
      pen.moveTo(index, column);
      pen.eraseRow();
      return;
    }
    column = drawRun(pen, index, shifted, after, column);
  }
}

/** Whether two rows look the same. */
export function isSameRow(before: Row = [], after: Row = []): boolean {
  return before === after || differences(before, after, 1) === 0;
}

/** @returns the column behind what was drawn */
function drawRun(pen: Pen, index: number, before: Row, after: Row, from: number): number {
  // A cell of width 0 is drawn with the one that it belongs to.
  let column = from;
  while (column > 0 && after[column]?.width === 0) column -= 1;
  pen.moveTo(index, column);
  let isForced = false;
  while (column < after.length && (isForced || gapAt(before, after, column) <= gapCost)) {
    const cell = after[column] ?? blank;
    pen.write(cell);
    column += Math.max(1, cell.width);
    // On some terminals it has covered the next one.
    isForced = cell.isUncertain;
  }
  return column;
}

/** How many cells from a column on are the same; infinite if nothing is left to draw. */
function gapAt(before: Row, after: Row, from: number): number {
  const end = Math.max(before.length, after.length);
  for (let column = from; column < end; column++)
    if (!isShown(before[column], after[column])) return column - from;
  return Number.POSITIVE_INFINITY;
}

/** Moves the rest of a row by some columns where that leaves less to draw. @returns the row as it is then */
function shift(pen: Pen, index: number, before: Row, after: Row, width: number): Row {
  let fewest = differences(before, after) - shiftCost;
  if (fewest <= 0) return before;
  const from = firstOtherText(before, after);
  if (!isPlainFrom(before, from) || !isPlainFrom(after, from)) return before;
  let best: { readonly by: number; readonly row: Row } | undefined;
  for (let distance = 1; distance <= maxShift; distance++)
    for (const by of [distance, -distance]) {
      const row = shiftedRow(before, from, by, width);
      const count = differences(row, after, fewest);
      if (count < fewest) {
        fewest = count;
        best = { by, row };
      }
    }
  if (!best) return before;
  pen.moveTo(index, from);
  pen.shiftRow(best.by);
  return best.row;
}

function shiftedRow(row: Row, from: number, by: number, width: number): Row {
  if (by < 0) return [...row.slice(0, from), ...row.slice(from - by)];
  const blanks = Array.from({ length: by }, () => blank);
  return [...row.slice(0, from), ...blanks, ...row.slice(from)].slice(0, width);
}

function differences(before: Row, after: Row, limit = Number.POSITIVE_INFINITY): number {
  const end = Math.max(before.length, after.length);
  let count = 0;
  for (let column = 0; column < end && count < limit; column++)
    if (!isShown(before[column], after[column])) count += 1;
  return count;
}

/** Whether a cell is on the screen already. A blank is drawn, too, where nothing was: what copies the screen sees it. */
function isShown(before: Cell | undefined, after: Cell | undefined): boolean {
  return isSame(before ?? (after === undefined ? blank : undefined), after ?? blank);
}

function firstOtherText(before: Row, after: Row): number {
  const end = Math.max(before.length, after.length);
  let column = 0;
  while (column < end && (before[column] ?? blank).text === (after[column] ?? blank).text) column += 1;
  return column;
}

/** Whether each cell from a column on is one column everywhere: terminals cut others where they are moved. */
function isPlainFrom(row: Row, from: number): boolean {
  return row.every((cell: Cell, column) => column < from || (cell.width === 1 && !cell.isUncertain));
}
