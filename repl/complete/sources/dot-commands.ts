import { wordsOf } from '../../commands/command.ts';
import type { CompletionSource } from '../source.ts';

/** `.he` → `.help` */
export const dotCommands: CompletionSource = ({ kind }, { commands }) =>
  kind === 'command'
    ? commands
        .flatMap(wordsOf)
        .filter(word => word.startsWith('.'))
        .map(word => ({ text: word.slice(1), distance: 0 }))
    : [];
