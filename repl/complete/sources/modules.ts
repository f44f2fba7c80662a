import { builtinModules } from 'node:module';
import type { CompletionContext, Found } from '../context.ts';
import type { CompletionSource } from './source.ts';

/** How many folders up packages are looked for. */
const maxFolders = 6;

/** `import('./s` → the files and folders there, `import('node:f` → `node:fs`, `from 'ch` → the packages */
export const modules: CompletionSource = (typing, { context }) => {
  if (typing.kind !== 'module') return [];
  const { written } = typing;
  if (/^(?:\.{0,2}\/|~)/.test(written)) return filesIn(written, context);
  return [...filesAround(written), ...packagesIn(written, context), ...builtIn(written)];
};

/** Files and folders as the path so far names them; from the folder in which the shell runs. */
export function filesIn(written: string, { list }: CompletionContext, isPlain = false): Found[] {
  const folder = written.slice(0, written.lastIndexOf('/') + 1);
  const found = list?.(folder === '' ? '.' : folder) ?? [];
  return found
    .filter(name => isPlain || name.endsWith('/') || /\.(?:[cm]?[jt]s|json)$/.test(name))
    .map(name => ({
      text: isPlain ? folder + name : name,
      kind: 'module',
      type: undefined,
      detail: name.endsWith('/') ? 'folder' : 'file',
      distance: 0,
    }));
}

/** What a path may begin with. */
function filesAround(written: string): Found[] {
  return written === '' || written === '.' || written === '..'
    ? ['./', '../'].map(text => ({ text, kind: 'module', type: undefined, distance: 0 }))
    : [];
}

function builtIn(written: string): Found[] {
  const folder = written.slice(0, written.lastIndexOf('/') + 1);
  return builtinModules
    .filter(name => !name.startsWith('_'))
    .flatMap(name => {
      const full = name.startsWith('node:') ? name : `node:${name}`;
      return full.startsWith(folder)
        ? [{ text: full.slice(folder.length), kind: 'module' as const, type: undefined, distance: 2 }]
        : [];
    });
}

/** The packages that are installed, without MikroORM's and other packages' own files. */
function packagesIn(written: string, { list }: CompletionContext): Found[] {
  const folder = written.slice(0, written.lastIndexOf('/') + 1);
  if (folder !== '' && !/^@[^/]+\/$/.test(folder)) return [];
  const names = Array.from({ length: maxFolders }, (_, up) => `${'../'.repeat(up)}node_modules/${folder}`)
    .map(path => list?.(path) ?? [])
    .find(found => found.length > 0);
  return (names ?? [])
    .filter(name => name.endsWith('/') && !name.startsWith('.'))
    .map(name => ({
      text: name.startsWith('@') ? name : name.slice(0, -1),
      kind: 'module',
      type: undefined,
      detail: 'package',
      distance: 1,
    }));
}
