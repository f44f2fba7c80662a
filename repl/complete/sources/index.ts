import { commandArguments } from './command-arguments.ts';
import { dotCommands } from './dot-commands.ts';
import { keys } from './keys.ts';
import { keywords } from './keywords.ts';
import { members } from './members.ts';
import { modules } from './modules.ts';
import { names } from './names.ts';
import { paths } from './paths.ts';
import type { CompletionSource } from './source.ts';
import { types } from './types.ts';
import { values } from './values.ts';

/** Every source of candidates. */
export const sources: readonly CompletionSource[] = [
  dotCommands,
  commandArguments,
  keys,
  members,
  paths,
  values,
  names,
  keywords,
  types,
  modules,
];
