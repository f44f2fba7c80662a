import xterm from '@xterm/headless';
import type { Cell, Row } from '../../../repl/editor/screen/cell.ts';

/** A cell as the emulator has it: the text, its width, and how it looks. */
type Seen = readonly [text: string, width: number, look: string];

/** A real terminal without a window. */
export class Emulator {
  readonly #terminal: InstanceType<typeof xterm.Terminal>;

  constructor(columns: number, rows: number) {
    this.#terminal = new xterm.Terminal({
      cols: columns,
      rows,
      allowProposedApi: true,
      scrollback: 10_000,
      convertEol: false,
    });
  }

  write(bytes: string): Promise<void> {
    return new Promise(resolve => this.#terminal.write(bytes, resolve));
  }

  resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows);
  }

  /** Where the cursor is, from the top of all that was ever written. */
  get cursor(): { readonly row: number; readonly column: number } {
    const { baseY, cursorX, cursorY } = this.#terminal.buffer.active;
    return { row: baseY + cursorY, column: cursorX };
  }

  /** The cells of a row without the blanks at its end. */
  row(index: number): Seen[] {
    const line = this.#terminal.buffer.active.getLine(index);
    const seen = Array.from({ length: line?.length ?? 0 }, (_, column): Seen => {
      const cell = line?.getCell(column);
      const isDefault = cell?.isAttributeDefault() ?? true;
      const look = isDefault
        ? ''
        : [cell?.getFgColor(), cell?.isBold(), cell?.isDim(), cell?.isUnderline(), cell?.isInverse()].join();
      return [cell?.getChars() || (cell?.getWidth() === 0 ? '' : ' '), cell?.getWidth() ?? 1, look];
    });
    return withoutBlanks(seen);
  }

  /** The text of the screen from a row on. */
  text(from = 0): string {
    const { length } = this.#terminal.buffer.active;
    const rows = Array.from({ length: length - from }, (_, index) =>
      this.row(from + index)
        .map(([text]) => text)
        .join(''),
    );
    return rows.join('\n').trimEnd();
  }
}

/** What of a row is compared with what the emulator has. */
export function expected(row: Row): [text: string, width: number][] {
  const end = row.findLastIndex(({ text, style }) => text !== ' ' || style !== '') + 1;
  return row.slice(0, end).map(({ text, width }: Cell): [string, number] => [text, width]);
}

function withoutBlanks(cells: Seen[]): Seen[] {
  while (cells.at(-1)?.[0] === ' ' && cells.at(-1)?.[2] === '') cells.pop();
  return cells;
}
