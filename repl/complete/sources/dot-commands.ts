import { wordsOf } from '../../commands/command.ts';
import type { CompletionSource } from './source.ts';

/** `.he` → `.help` */
export const dotCommands: CompletionSource = ({ kind }, { context }) =>
  kind === 'command'
    ? context.commands.flatMap(command =>
        wordsOf(command)
          .filter(word => word.startsWith('.'))
          .map(word => ({
            text: word.slice(1),
            kind: 'command' as const,
            type: undefined,
            detail: command.summary,
            distance: 0,
          })),
      )
    : [];
