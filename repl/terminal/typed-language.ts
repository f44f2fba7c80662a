import type { Language } from '../editor/effect.ts';
import { isCode, splitStatements } from '../input/split-statements.ts';
import type { Shell } from '../shell.ts';
import { isPythonText } from './python-paste.ts';

/** What the editor has to know about what is typed, as a shell reads it. */
export function languageOf(shell: Shell): Language {
  return {
    read(text) {
      if (isPythonText(text)) return [text];
      const { kind } = shell.read(text);
      if (kind === 'command' || kind === 'empty') return [text];
      return text.includes('\n') || kind === 'incomplete' ? splitStatements(text) : [text];
    },
    isCode,
    isForeign: isPythonText,
  };
}

/** Whether a name has a value, without looking at it. */
export function isKnownTo({ scope }: Shell, name: string): boolean {
  return scope.has(name) || name in globalThis;
}
