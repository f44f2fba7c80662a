import { render } from '../render/render.ts';

/** What an error says, for a person who is not at the prompt. */
export function errorMessage(error: unknown): string {
  const shown = render({ kind: 'error', error }, { width: 80, color: false }) ?? '';
  return shown.replace(/^Uncaught \w+: /, '');
}
