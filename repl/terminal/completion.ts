import { readdirSync } from 'node:fs';
import type { Candidate } from '../editor/menu.ts';
import type { Shell } from '../shell.ts';

/**
 * What could be typed at a place. What completes is loaded when it is first wanted: its parser takes longer than the first
 * prompt may wait.
 *
 * @returns those that start with what is typed there; where there are none, those that are near it
 */
export async function candidatesFor(
  text: string,
  cursor: number,
  { scope, session, commands }: Shell,
): Promise<readonly Candidate[]> {
  try {
    const { complete } = await import('../complete/complete.ts');
    const { from, to, candidates } = complete(text, cursor, { scope, session, commands, list });
    const typed = text.slice(from, cursor);
    const starting = candidates.filter(each => each.text.startsWith(typed));
    return (starting.length > 0 ? starting : candidates).map(({ text: name, kind, type }) => ({
      text: name,
      from,
      to,
      kind,
      ...(type !== undefined && { type }),
    }));
  } catch {
    // A line may have overwritten what loading needs of JavaScript.
    return [];
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
