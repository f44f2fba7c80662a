import type { Cell } from './cell.ts';

/** Writes what moves the cursor, sets styles and shows cells, in as few bytes as it can. Rows are counted from the prompt's. */
export class Pen {
  #bytes = '';
  #row: number;
  /** Undefined behind the last column, where terminals disagree what a move does. */
  #column: number | undefined;
  #style = '';
  #reached: number;
  #mayWrap = true;
  readonly #width: number;

  /** @param reached how many rows there are below the prompt, with its own; further down the screen may end */
  constructor(
    width: number,
    { row, column }: { readonly row: number; readonly column: number },
    reached: number,
  ) {
    this.#width = width;
    this.#row = row;
    this.#column = column;
    this.#reached = reached;
  }

  get reached(): number {
    return this.#reached;
  }

  /** @returns what is to be written, in one piece */
  end(): string {
    this.#setStyle('');
    if (!this.#mayWrap) this.#bytes += '\u001B[?7h';
    return this.#bytes;
  }

  moveTo(row: number, column: number): void {
    this.#moveToRow(row);
    this.#moveToColumn(column);
  }

  /** Shows a cell where the cursor is. */
  write({ text, width, style, isUncertain }: Cell): void {
    const column = this.#column ?? 0;
    this.#setStyle(style);
    if (isUncertain) {
      // Wherever the terminal takes it to end, nothing else moves.
      if (this.#mayWrap) this.#bytes += '\u001B[?7l';
      this.#mayWrap = false;
      this.#bytes += `${code(width, 'X')}${text}\u001B[${Math.min(column + width, this.#width - 1) + 1}G`;
    } else this.#bytes += text;
    this.#column = column + width < this.#width ? column + width : undefined;
  }

  /** Blanks the rest of the row. */
  eraseRow(): void {
    this.#setStyle('');
    this.#bytes += '\u001B[K';
  }

  /** Blanks all from here on. */
  eraseBelow(): void {
    this.#setStyle('');
    this.#bytes += '\u001B[J';
  }

  /** Moves the rest of the row to the right, or to the left. */
  shiftRow(by: number): void {
    this.#setStyle('');
    this.#bytes += code(Math.abs(by), by > 0 ? '@' : 'P');
  }

  /** Moves this row and those below down, or up over this one. */
  shiftRows(by: number): void {
    this.#setStyle('');
    this.#bytes += code(Math.abs(by), by > 0 ? 'L' : 'M');
  }

  #moveToRow(row: number): void {
    const last = Math.min(row, this.#reached - 1);
    if (last < this.#row) this.#bytes += code(this.#row - last, 'A');
    if (last > this.#row) this.#bytes += code(last - this.#row, 'B');
    if (row > last) {
      // A new row takes the style with it on some terminals.
      this.#setStyle('');
      this.#bytes += '\r\n'.repeat(row - last);
      this.#column = 0;
      this.#reached = row + 1;
    }
    this.#row = row;
  }

  #moveToColumn(column: number): void {
    if (column === this.#column) return;
    const ways = [column === 0 ? '\r' : `\r${code(column, 'C')}`, `\u001B[${column + 1}G`];
    if (this.#column !== undefined) {
      const distance = column - this.#column;
      ways.push(
        distance > 0 ? code(distance, 'C') : '\b'.repeat(-distance),
        code(Math.abs(distance), distance > 0 ? 'C' : 'D'),
      );
    }
    this.#bytes += ways.reduce((best, way) => (way.length < best.length ? way : best));
    this.#column = column;
  }

  #setStyle(style: string): void {
    if (style === this.#style) return;
    this.#bytes += this.#style === '' || style === '' ? `\u001B[${style}m` : `\u001B[0;${style}m`;
    this.#style = style;
  }
}

function code(count: number, final: string): string {
  return `\u001B[${count === 1 ? '' : count}${final}`;
}
