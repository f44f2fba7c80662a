import { clustersOf, isAscii } from './clusters.ts';
import { shownOf } from './shown.ts';

/** The columns from one tab stop to the next. */
const tabWidth = 8;

/** The columns that a character takes which begins at a column. */
export function widthAt(cluster: string, column: number): number {
  return cluster === '\t' ? tabWidth - (column % tabWidth) : shownOf(cluster).width;
}

/** The columns that a line takes. */
export function columnsOf(line: string): number {
  if (isAscii(line)) return line.length;
  let column = 0;
  for (const cluster of clustersOf(line)) column += widthAt(cluster, column);
  return column;
}

/** @returns the place in a line of the character at a column, or of the end of a line that is shorter */
export function placeAt(line: string, column: number): number {
  if (isAscii(line)) return Math.min(line.length, column);
  let at = 0;
  let reached = 0;
  for (const cluster of clustersOf(line)) {
    reached += widthAt(cluster, reached);
    if (reached > column) return at;
    at += cluster.length;
  }
  return at;
}
