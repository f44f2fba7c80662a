import { visible } from '../../src/index.ts';
import { type Output, printWorkedAround } from '../render/print.ts';
import { greeting, promptOf } from '../terminal/greeting.ts';
import { interact } from '../terminal/prompt.ts';
import { Watchdog } from '../terminal/watchdog.ts';
import type { FrontEnd } from './run-session.ts';

/** The prompt at a terminal. */
export function promptFrontEnd({ answers: screen }: Output): FrontEnd {
  const watchdog = new Watchdog(error => printWorkedAround(error, screen));
  return {
    stop: watchdog.stop,
    greet({ shell, project }, { says, clash, problem }) {
      const lines = [greeting(shell, screen.style, project?.name), says, clash, problem];
      screen.write(lines.filter(line => line !== '').join('\n'));
    },
    run: ({ shell, guard, python }, { keys = 'emacs' }) =>
      interact(shell, watchdog, {
        screen,
        prompt: visible(promptOf(shell.session, screen.style.color), screen.style.color),
        keys,
        python,
        onReady: ask => guard.asking(ask),
      }),
  };
}
