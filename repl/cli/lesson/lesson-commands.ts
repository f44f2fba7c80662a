import { MikroscopeError } from '../../../src/index.ts';
import type { Command } from '../../commands/command.ts';
import type { Wish } from '../../lesson/run/lesson-run.ts';

/**
 * The commands of a lesson.
 *
 * @param ask receives what is asked for; it is granted once the command has answered
 * @param ids the ids of the steps
 */
export function lessonCommands(ask: (wish: Wish) => void, ids: () => readonly string[]): Command[] {
  const simple = (kind: Exclude<Wish['kind'], 'goto'>, summary: string): Command => ({
    name: kind,
    form: 'dotted',
    group: 'Lesson',
    summary,
    usage: `.${kind}`,
    example: [`> .${kind}`],
    run: () => ask({ kind }),
  });
  return [
    simple('hint', 'Show the next hint for the task.'),
    simple('skip', 'Show how the step is done, and go on.'),
    simple('again', 'Start the step anew, as it was.'),
    {
      name: 'goto',
      form: 'dotted',
      group: 'Lesson',
      summary: 'Go to a step, by its name or its number.',
      usage: '.goto #commit',
      argument: () => ids().map(id => `#${id}`),
      example: ['> .goto #commit'],
      run([id]) {
        if (typeof id !== 'string')
          throw new MikroscopeError('BadArgument', '.goto takes a step', `Write .goto ${ids()[0] ?? 1}.`);
        ask({ kind: 'goto', id });
      },
    },
    simple('play', 'Try what you like; nothing counts until .back.'),
    simple('back', 'Go back from free play to the step, as it was.'),
  ];
}
