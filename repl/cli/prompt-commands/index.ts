import type { Command } from '../../commands/command.ts';
import type { AtPrompt } from './at-prompt.ts';
import { clearCommand } from './clear.ts';
import { copyCommand } from './copy.ts';
import { editorCommand } from './editor.ts';
import { loadCommand } from './load.ts';
import { pagerCommand } from './pager.ts';
import { saveCommand } from './save.ts';

/** The commands that only a prompt at a terminal has. */
export function promptCommands(at: AtPrompt): readonly Command[] {
  return [editorCommand, loadCommand, saveCommand, clearCommand, copyCommand, pagerCommand].map(make =>
    make(at),
  );
}
