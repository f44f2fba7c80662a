import { basename } from 'node:path';
import { prompted } from './steps.ts';
import type { Translation } from './translate.ts';

/** A session as a transcript, which `mikroscope check --update` fills in with what it prints. */
export function transcriptOf(translations: readonly Translation[], name: string): string {
  const statements = translations.flatMap(({ typescript }) => typescript.map(prompted));
  return [`# ${basename(name)}`, '', '```repl', ...statements, '```'].join('\n');
}
