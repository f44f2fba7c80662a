import { clustersOf } from '../text/clusters.ts';
import { widthAt } from '../text/columns.ts';
import { shownOf } from '../text/shown.ts';
import { type Cell, cellOf, type Row, type Styled } from './cell.ts';

/** Adds the cells of one character to a row. A tab is as many blanks as it takes columns. */
export function addCells(row: Cell[], cluster: string, width: number, style: string): void {
  if (cluster === '\t') {
    for (let column = 0; column < width; column++) row.push(cellOf(' ', style));
    return;
  }
  const { text, isUncertain } = shownOf(cluster);
  if (text.length === width && !isUncertain) {
    for (const character of text) row.push(cellOf(character, style));
    return;
  }
  row.push({ text, width, style, isUncertain });
  for (let column = 1; column < width; column++) row.push({ text: '', width: 0, style, isUncertain: false });
}

/** Texts beside one another as cells, as far as they fit. What does not ends in `…`. */
export function rowOf(parts: readonly Styled[], width: number): Row {
  const row: Cell[] = [];
  for (const { text, style } of parts)
    for (const cluster of clustersOf(text.replaceAll('\n', ' '))) {
      const columns = widthAt(cluster, row.length);
      if (row.length + columns > width) return cut(row, width);
      addCells(row, cluster, columns, style);
    }
  return row;
}

function cut(row: readonly Cell[], width: number): Row {
  let end = Math.min(row.length, width - 1);
  while (end > 0 && row[end]?.width === 0) end -= 1;
  return width > 0 ? [...row.slice(0, end), cellOf('…', row[end - 1]?.style ?? '')] : [];
}
