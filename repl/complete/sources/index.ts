import type { CompletionSource } from '../source.ts';
import { dotCommands } from './dot-commands.ts';
import { entityQueries } from './entity-queries.ts';
import { members } from './members.ts';
import { names } from './names.ts';

/** Every source of candidates. */
export const sources: readonly CompletionSource[] = [dotCommands, names, entityQueries, members];
