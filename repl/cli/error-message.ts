import { render } from '../render/render.ts';

/**
 * An error as the command line prints it: its message, then its hint.
 *
 * @param debug whether to add the whole stack and the causes
 */
export function errorMessage(error: unknown, debug = false): string {
  const shown = render({ kind: 'error', error }, { width: 80, color: false, debug }) ?? '';
  return shown.replace(/^Uncaught \w+: /, '');
}
