import { Chalk } from 'chalk';
import { MikroscopeError, visible } from '../../src/index.ts';
import { type Output, printWorkedAround } from '../render/print.ts';
import { wrap } from '../render/wrap.ts';
import { greeting, promptOf } from '../terminal/greeting.ts';
import { Pager } from '../terminal/pager.ts';
import { interact, type Prompt } from '../terminal/prompt.ts';
import { tipOf } from '../terminal/tips.ts';
import { Watchdog } from '../terminal/watchdog.ts';
import { promptCommands } from './prompt-commands/index.ts';
import { TypedLines } from './prompt-commands/typed-lines.ts';
import type { FrontEnd } from './run-session.ts';

/**
 * The prompt at a terminal.
 *
 * @param folder the folder to which the names of files are relative
 */
export function promptFrontEnd({ answers: screen }: Output, folder: string): FrontEnd {
  const watchdog = new Watchdog(error => printWorkedAround(error, screen));
  const pager = new Pager(process.env);
  const typed = new TypedLines();
  let open: Prompt | undefined;
  const prompt = () => {
    if (open) return open;
    throw new MikroscopeError('InvalidState', 'There is no prompt yet', 'Type this at the prompt.');
  };
  return {
    stop: watchdog.stop,
    commands: shell => promptCommands({ shell, prompt, pager, typed, folder }),
    greet({ shell, project }, { says, clash, problem, settings }) {
      const { style } = screen;
      const tip = settings.tip === false ? '' : shownTip(style);
      const lines = [greeting(shell, style, project?.name), says, clash, problem, tip];
      screen.write(lines.filter(line => line !== '').join('\n'));
    },
    run(
      { shell, guard, python },
      { keys = 'emacs', prompt: shown = '> ', colors = {}, pager: isPaged, pageSize },
    ) {
      typed.watch(shell);
      pager.pageSize = pageSize;
      pager.isOn = isPaged === true && pager.isThere;
      return interact(shell, watchdog, {
        screen,
        answers: pager.channel(screen, prompt),
        prompt: visible(promptOf(shell.session, screen.style.color, shown), screen.style.color),
        keys,
        colors,
        python,
        onReady(ready) {
          open = ready;
          guard.asking(question => ready.ask(question));
        },
      });
    },
  };
}

function shownTip({ color, width }: Output['answers']['style']): string {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  return wrap(`Tip: ${tipOf(Date.now())}`, width)
    .map(line => chalk.dim(line))
    .join('\n');
}
