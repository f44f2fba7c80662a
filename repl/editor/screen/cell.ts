/** A column of the screen. What is wider than one has cells of width 0 behind it. */
export interface Cell {
  readonly text: string;
  /** The columns that the text takes; 0 for those behind the first of them. */
  readonly width: number;
  /** The parameters of an SGR sequence, such as `1;32`; empty for none. */
  readonly style: string;
  /** Whether terminals disagree about its width. */
  readonly isUncertain: boolean;
}

/** Cells from the first column on. Behind them the screen is blank. */
export type Row = readonly Cell[];

/** Rows of the screen, from the one on that the prompt began in, and where the cursor is in them. */
export interface Screen {
  readonly rows: readonly Row[];
  readonly cursor: { readonly row: number; readonly column: number };
  readonly width: number;
}

/** Text in one style. */
export interface Styled {
  readonly text: string;
  readonly style: string;
}

/** The cells of ASCII by their style and code: of most screens there is no other. */
const known = new Map<string, (Cell | undefined)[]>();

/** A cell of one certain column. That of a character of ASCII is made once. */
export function cellOf(text: string, style: string): Cell {
  let ofStyle = known.get(style);
  if (!ofStyle) {
    ofStyle = Array.from({ length: 128 });
    known.set(style, ofStyle);
  }
  const code = text.charCodeAt(0);
  const found = ofStyle[code];
  if (found) return found;
  const cell = { text, width: 1, style, isUncertain: false };
  if (code < 128) ofStyle[code] = cell;
  return cell;
}

export function isSame(a: Cell | undefined, b: Cell | undefined): boolean {
  if (a === b) return true;
  return (
    a !== undefined && b !== undefined && a.text === b.text && a.style === b.style && a.width === b.width
  );
}
