import { inspect } from 'node:util';
import type { Column, TableAnswer } from '../answer/answer.ts';

/** Draws rows in columns, each as wide as its widest cell. */
export function renderTable({ columns, rows, empty }: TableAnswer): string {
  if (rows.length === 0) return empty;
  const drawn = columns.map(column => drawColumn(column, rows));
  return rows
    .map((_, row) =>
      drawn
        .map(cells => cells[row] ?? '')
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function drawColumn({ align, cell }: Column<object>, rows: readonly object[]): string[] {
  const values = rows.map(cell);
  const texts = values.map(textOf);
  const width = Math.max(...texts.map(text => text.length));
  const isRight = align === undefined ? values.every(value => typeof value === 'number') : align === 'right';
  return texts.map(text => (isRight ? text.padStart(width) : text.padEnd(width)));
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return value instanceof Date ? localTime(value) : inspect(value);
}

/** `2026-01-05 12:03:07` in local time. */
function localTime(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}
