import type { Ask } from '../guard.ts';
import { type Channel, printWorkedAround } from '../render/print.ts';
import type { PythonOfShell } from '../python/steps.ts';
import type { Shell } from '../shell.ts';
import type { Guide } from './guide.ts';
import { History, historyPath } from './history.ts';
import { knowsCodes } from './knows-codes.ts';
import { Strays } from './strays.ts';
import type { Watchdog } from './watchdog.ts';

/** How a prompt looks. */
export interface PromptOptions {
  /** Where everything is printed, errors included. */
  readonly screen: Channel;
  /** What to print before each statement. */
  readonly prompt: string;
  /** The keys that edit what is typed; those of Emacs by default. */
  readonly keys?: 'emacs' | 'vi';
  /** The names of colors of what is typed, by its kinds; those that are left out stay as they are. */
  readonly colors?: Readonly<Record<string, string>>;
  /** How long a transaction may stay open with nothing typed before the user is reminded; a minute by default. */
  readonly idleTransactionMs?: number;
  /** The Python of the shell; without it, Python that is pasted is not run. */
  readonly python?: () => Promise<PythonOfShell>;
  /** Where answers are printed, if not as everything else. */
  readonly answers?: Channel;
  /** Called with the prompt once it is there. */
  readonly onReady?: (prompt: Prompt) => void;
  /** Who leads through the session; what is left uncommitted then is nobody's loss. */
  readonly guide?: Guide;
}

/** What a statement, while it runs, can do to the prompt that it was typed at. */
export interface Prompt {
  /** Asks the user something. Nothing else is printed, and no other key is taken, until it is answered. */
  readonly ask: Ask;
  /** Types a text as soon as the statement has answered, as a paste does: one whose last line is ended runs. */
  readonly paste: (text: string) => void;
  /** Begins anew on an empty screen. */
  readonly clear: () => void;
  /** Leaves the terminal to another program while that works. */
  readonly lend: <T>(work: () => T) => T;
}

/**
 * Opens the prompt at a terminal.
 *
 * @param watchdog stops the shell's statements from another thread
 * @returns the exit code, when the user leaves
 */
export async function interact(shell: Shell, watchdog: Watchdog, options: PromptOptions): Promise<number> {
  const { screen, onReady } = options;
  const history = new History(historyPath(process.env), error => printWorkedAround(error, screen));
  const earlier = await history.load();
  const strays = new Strays();
  await options.guide?.begin();
  showFirst(options.prompt);
  const { LivePrompt } = await import('./live-prompt.ts');
  const prompt = new LivePrompt(shell, watchdog, history, earlier, strays, options);
  onReady?.(prompt);
  return prompt.left;
}

/** Shows the prompt before the editor is loaded. What is typed until then waits at the terminal, as it is. */
function showFirst(prompt: string): void {
  if (!knowsCodes()) return;
  process.stdin.setRawMode(true);
  // The editor draws over it.
  process.stdout.write(`${prompt}\r`);
}
