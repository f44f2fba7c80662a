import { readdirSync } from 'node:fs';
import type { Shell } from '../shell.ts';

/**
 * Completes the end of a line, as `node:repl` asks for it. What completes is loaded when it is first wanted: its parser takes
 * longer than the first prompt may wait.
 *
 * @param before the lines of the statement before this one
 * @returns the candidates that start with the word at the end of the line, and the word
 */
export async function completeTyped(
  before: string,
  line: string,
  { scope, session, commands }: Shell,
): Promise<[candidates: string[], typed: string]> {
  try {
    const { completeLine } = await import('../complete/line.ts');
    return completeLine(before, line, { scope, session, commands, list });
  } catch {
    // A line may have overwritten what loading needs of JavaScript.
    return [[], ''];
  }
}

/** The names in a folder, those of folders with a `/` at the end; none for what cannot be read. */
function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).map(entry =>
      entry.isDirectory() ? `${entry.name}/` : entry.name,
    );
  } catch {
    return [];
  }
}
