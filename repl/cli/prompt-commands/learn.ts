import { spawnSync } from 'node:child_process';
import type { Command } from '../../commands/command.ts';
import { ownFile } from '../../own-package.ts';
import type { AtPrompt } from './at-prompt.ts';

/** The command `.learn`: another process has the terminal for the lesson, so that nothing of this session changes. */
export function learnCommand({ prompt }: AtPrompt): Command {
  return {
    name: 'learn',
    form: 'dotted',
    group: 'Lesson',
    summary: 'List the lessons; .learn 1 starts one, or goes on with it, and comes back here.',
    usage: '.learn 1',
    example: ['> .learn 1'],
    run([argument]) {
      const words = typeof argument === 'string' ? argument.trim().split(/\s+/) : [];
      const args = [ownFile('repl/main.ts'), 'learn', ...words];
      prompt().lend(() => spawnSync(process.execPath, args, { stdio: 'inherit' }));
    },
  };
}
