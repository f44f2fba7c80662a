import { greeting, promptOf } from '../terminal/greeting.ts';
import { interact } from '../terminal/prompt.ts';
import { Watchdog } from '../terminal/watchdog.ts';
import type { FrontEnd } from './run-session.ts';

/** A person at a terminal. */
export function promptFrontEnd(): FrontEnd {
  const watchdog = new Watchdog();
  return {
    stop: watchdog.stop,
    greet({ shell, project }, { says, clash, problem }, { answers: { style, write } }) {
      const lines = [greeting(shell, style.color, project?.name), says, clash, problem];
      write(lines.filter(line => line !== '').join('\n'));
    },
    run: ({ shell, guard }, { answers: screen }) =>
      interact(shell, watchdog, {
        screen,
        prompt: promptOf(shell.session, screen.style.color),
        onReady: ask => guard.asking(ask),
      }),
  };
}
