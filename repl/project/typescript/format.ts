import { dirname, extname } from 'node:path';
import { nearestPackage } from '../package.ts';
import { tsConfigFor } from './tsconfig.ts';

export type Format = 'module' | 'commonjs';

/** What a TypeScript file is to the project's own tools: the package's type decides, and where it is silent tsconfig's module. */
export function formatOf(file: string, source: string): Format {
  const ending = extname(file);
  if (ending === '.mts') return 'module';
  if (ending === '.cts') return 'commonjs';
  const folder = dirname(file);
  const type = typeOf(folder);
  if (type === 'module') return 'module';
  // These cannot be in CommonJS at all.
  if (/\bimport\.meta\b|^(export default |(export )?(const|let|var) [^=]*= *)?await\b/m.test(source))
    return 'module';
  if (type === 'commonjs' || /^export\s*=|^import\s+\w+\s*=\s*require\b/m.test(source)) return 'commonjs';
  const module = tsConfigFor(folder).compilerOptions['module'];
  if (typeof module === 'string') return /^(es|preserve)/i.test(module) ? 'module' : 'commonjs';
  return /^\s*(import\s*[\w{*'"]|export\b)/m.test(source) ? 'module' : 'commonjs';
}

const types = new Map<string, string | undefined>();

function typeOf(folder: string): string | undefined {
  if (!types.has(folder)) types.set(folder, nearestPackage(folder)?.type);
  return types.get(folder);
}
