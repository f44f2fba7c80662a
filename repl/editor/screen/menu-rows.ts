import { type Candidate, type Menu } from '../menu.ts';
import { columnsOf } from '../text/columns.ts';
import type { Row } from './cell.ts';
import { rowOf } from './cells-of.ts';
import type { Theme } from './theme.ts';

/** How many candidates a page has where the screen is high enough. */
const pageSize = 8;

/** The candidates around the selected one, each with its kind and type in columns; where there are more, with their number. */
export function menuRows(
  { candidates, selected }: Menu,
  width: number,
  height: number,
  theme: Theme,
): readonly Row[] {
  if (height < 1) return [];
  const isPaged = candidates.length > Math.min(pageSize, height);
  const size = Math.max(1, Math.min(pageSize, isPaged ? height - 1 : height));
  const start = Math.floor((selected ?? 0) / size) * size;
  const page = candidates.slice(start, start + size);
  // The columns are those of all pages, so that they do not jump.
  const names = widest(candidates, ({ text }) => text, width);
  const kinds = widest(candidates, ({ kind = '' }) => kind, width);
  const rows = page.map((candidate, index) => {
    const { text, kind = '', type = '' } = candidate;
    const isSelected = start + index === selected;
    const style = theme[isSelected ? 'selected' : 'menu'] ?? '';
    const detail = isSelected ? style : (theme.detail ?? '');
    return rowOf(
      [
        { text: ` ${padded(text, names)} `, style },
        {
          text: [kinds > 0 ? ` ${padded(kind, kinds)}` : '', type && ` ${type}`].join('').trimEnd(),
          style: detail,
        },
      ],
      width,
    );
  });
  if (!isPaged || height < 2) return rows;
  const last = start + page.length;
  return [
    ...rows,
    rowOf([{ text: ` ${start + 1}–${last} of ${candidates.length}`, style: theme.status ?? '' }], width),
  ];
}

/** Half of the width at most is for a column. */
function widest(
  candidates: readonly Candidate[],
  textOf: (candidate: Candidate) => string,
  width: number,
): number {
  let most = 0;
  for (const candidate of candidates) most = Math.max(most, columnsOf(textOf(candidate)));
  return Math.min(most, width >> 1);
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsOf(text)));
}
