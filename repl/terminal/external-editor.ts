import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Lets the user's editor change a text: $VISUAL, or $EDITOR.
 *
 * @returns the text as it was saved, without a new line at its end; as it was if the editor failed
 */
export function editElsewhere(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const editor =
    environment['VISUAL'] || environment['EDITOR'] || (platform() === 'win32' ? 'notepad' : 'vi');
  const folder = mkdtempSync(join(tmpdir(), 'mikroscope-'));
  try {
    const file = join(folder, 'statement.ts');
    writeFileSync(file, `${text}\n`, { mode: 0o600 });
    // It may have arguments of its own.
    const { status } = spawnSync(`${editor} "${file}"`, { stdio: 'inherit', shell: true });
    return status === 0 ? readFileSync(file, 'utf8').replaceAll('\r\n', '\n').replace(/\n$/, '') : text;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
