import { clustersOf, isAscii } from '../text/clusters.ts';
import { widthAt } from '../text/columns.ts';

/** A row of a line: the part of the text that it shows, and the column of the line that it begins at. */
export interface LineRow {
  readonly from: number;
  readonly to: number;
  readonly column: number;
}

/**
 * The rows that a line takes. What is wide does not begin at the end of a row that it does not fit into.
 *
 * @param start where the line begins in the text
 * @param indent the columns that are taken in its first row
 */
export function wrapLine(line: string, start: number, indent: number, width: number): readonly LineRow[] {
  if (indent + line.length <= width && isAscii(line))
    return [{ from: start, to: start + line.length, column: 0 }];
  return isAscii(line) ? wrapAscii(line.length, start, indent, width) : wrapAny(line, start, indent, width);
}

function wrapAscii(length: number, start: number, indent: number, width: number): readonly LineRow[] {
  const first = width - indent;
  const rows: LineRow[] = [{ from: start, to: start + first, column: 0 }];
  for (let at = first; at < length; at += width)
    rows.push({ from: start + at, to: start + Math.min(at + width, length), column: at });
  return rows;
}

function wrapAny(line: string, start: number, indent: number, width: number): readonly LineRow[] {
  const rows: LineRow[] = [];
  let from = start;
  let at = start;
  let begins = 0;
  let column = 0;
  let taken = indent;
  for (const cluster of clustersOf(line)) {
    let columns = widthAt(cluster, column);
    if (taken + columns > width && cluster === '\t' && taken < width) columns = width - taken;
    else if (taken + columns > width && taken > 0) {
      rows.push({ from, to: at, column: begins });
      from = at;
      begins = column;
      taken = 0;
    }
    at += cluster.length;
    column += columns;
    taken += columns;
  }
  return [...rows, { from, to: at, column: begins }];
}
