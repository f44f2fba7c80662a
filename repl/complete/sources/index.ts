import type { CompletionSource } from '../source.ts';
import { dotCommands } from './dot-commands.ts';
import { entityQueries } from './entity-queries.ts';
import { members } from './members.ts';
import { names } from './names.ts';

/** Where candidates come from. */
export const sources: readonly CompletionSource[] = [dotCommands, names, entityQueries, members];
