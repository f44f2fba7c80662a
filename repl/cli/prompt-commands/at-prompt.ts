import type { Shell } from '../../shell.ts';
import type { Pager } from '../../terminal/pager.ts';
import type { Prompt } from '../../terminal/prompt.ts';
import type { TypedLines } from './typed-lines.ts';

/** What the commands of a prompt work with. */
export interface AtPrompt {
  readonly shell: () => Shell;
  /** @throws MikroscopeError `InvalidState` before there is a prompt, as in the first lines of a startup file */
  readonly prompt: () => Prompt;
  readonly pager: Pager;
  readonly typed: TypedLines;
  /** The folder to which file names are relative. */
  readonly folder: string;
}
