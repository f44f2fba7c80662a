import type { Shell } from '../shell.ts';
import { leaveAtExit, leaveAtSignals } from './leaving.ts';
import { keepListeners } from './own-listeners.ts';
import type { Strays } from './strays.ts';
import type { Watchdog } from './watchdog.ts';

/** What a prompt does at what happens to the process, beside the keys of its terminal. */
export interface Listener {
  /** Ctrl-C that arrives as a signal, while no statement runs. */
  readonly onInterrupt: () => void;
  /** `process.exit(code)`, while no statement runs. */
  readonly onExit: (code: number) => void;
  /** Another signal that ends the program, with the exit code for it; called before a statement is stopped. */
  readonly onSignal: (code: number) => void;
  /** The program is to end, and no statement runs. */
  readonly onEnd: () => void;
  /** An error that nothing has caught. */
  readonly onError: (error: unknown) => void;
  /** Keys that were typed while the event loop was blocked. */
  readonly onKeys: (keys: string) => void;
}

/** Has a prompt told of everything that happens to the process. */
export function listen(shell: Shell, watchdog: Watchdog, strays: Strays, listener: Listener): void {
  strays.report = listener.onError;
  process.on('SIGINT', () => {
    if (!shell.interrupt()) listener.onInterrupt();
  });
  leaveAtExit(code => {
    if (!shell.leave(code)) listener.onExit(code);
  });
  leaveAtSignals(shell, ['SIGTERM', 'SIGHUP'], code => {
    listener.onSignal(code);
    if (!shell.interrupt()) listener.onEnd();
  });
  watchdog.onRead(listener.onKeys, () => shell.interrupt());
  keepListeners();
}
