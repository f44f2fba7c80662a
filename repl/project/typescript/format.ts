import { dirname, extname } from 'node:path';
import { nearestPackage } from '../package.ts';
import { tsConfigFor } from './tsconfig.ts';

export type Format = 'module' | 'commonjs';

/** Whether the project's own tools run a TypeScript file as CommonJS: the package's type decides, or else tsconfig's module. */
export function formatOf(file: string, source: string): Format {
  const extension = extname(file);
  if (extension === '.mts') return 'module';
  if (extension === '.cts') return 'commonjs';
  const folder = dirname(file);
  const type = typeOf(folder);
  if (type === 'module') return 'module';
  // CommonJS can have neither.
  if (/\bimport\.meta\b|^(export default |(export )?(const|let|var) [^=]*= *)?await\b/m.test(source))
    return 'module';
  if (type === 'commonjs' || /^export\s*=|^import\s+\w+\s*=\s*require\b/m.test(source)) return 'commonjs';
  const module = tsConfigFor(folder).compilerOptions['module'];
  if (typeof module === 'string') return /^(es|preserve)/i.test(module) ? 'module' : 'commonjs';
  return /^\s*(import\s*[\w{*'"]|export\b)/m.test(source) ? 'module' : 'commonjs';
}

const packageTypes = new Map<string, string | undefined>();

function typeOf(folder: string): string | undefined {
  if (!packageTypes.has(folder)) packageTypes.set(folder, nearestPackage(folder)?.type);
  return packageTypes.get(folder);
}
