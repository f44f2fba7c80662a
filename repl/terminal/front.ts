import { Highlighter } from '../editor/highlight/highlighter.ts';
import { colors as standard, plain, themeOf } from '../editor/screen/theme.ts';
import type { KeyEvent } from '../editor/keys/key-event.ts';
import { type Display, TerminalDisplay } from './display.ts';
import { Keyboard, type KeySource } from './keyboard.ts';
import { knowsCodes } from './knows-codes.ts';
import { PlainDisplay, PlainLines } from './plain-lines.ts';

/** A terminal, as a prompt has it: where keys come from, and where what is typed is shown. */
export interface Front {
  readonly display: Display;
  readonly keys: KeySource;
  /** Whether what is typed appears by itself. */
  readonly echoes: boolean;
}

/** What a front is opened for. */
export interface FrontOptions {
  readonly prompt: string;
  readonly color: boolean;
  /** The names of colors, by the kinds of what is typed. */
  readonly colors: Readonly<Record<string, string>>;
  /** Whether a name has a value. */
  readonly isKnown: (name: string) => boolean;
  readonly onKeys: (events: readonly KeyEvent[]) => void;
  /** Called when the program is in the foreground again. */
  readonly onBack: () => void;
  /** Called when there is nothing more to read. */
  readonly onEnd: () => void;
}

/** Opens the terminal; one that knows no codes edits its lines itself. */
export function openFront({ prompt, color, colors, isKnown, onKeys, onBack, onEnd }: FrontOptions): Front {
  const { stdin, stdout, stderr } = process;
  if (!knowsCodes())
    return {
      display: new PlainDisplay(text => stdout.write(text), prompt),
      keys: new PlainLines(stdin, onKeys, onEnd),
      echoes: true,
    };
  const display = new TerminalDisplay({
    screen: stdout,
    others: stderr.isTTY ? [stderr] : [],
    prompt,
    theme: color ? { ...standard, ...themeOf(colors) } : plain,
    color,
    highlight: new Highlighter(isKnown).spans,
  });
  stdin.on('end', onEnd);
  return { display, keys: new Keyboard(stdin, display.write, onKeys, onBack), echoes: false };
}
