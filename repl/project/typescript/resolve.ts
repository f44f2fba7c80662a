import { realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { type TsConfig, tsConfigFor } from './tsconfig.ts';

/**
 * Resolves an import in a TypeScript file as TypeScript does: `./user.js` to user.ts, `./user` to user.ts, `./entities` to
 * entities/index.ts, and what `paths` and `baseUrl` name.
 *
 * @returns undefined if Node.js should resolve it, such as a package
 */
export function resolveTypeScript(
  specifier: string,
  from: string,
  config: TsConfig = tsConfigFor(dirname(from)),
): string | undefined {
  if (/^\.\.?(\/|$)/.test(specifier)) return fileAt(resolve(dirname(from), specifier));
  if (isAbsolute(specifier)) return fileAt(specifier);
  if (/^(#|\w+:)/.test(specifier)) return undefined;
  return aliases(specifier, dirname(from), config)
    .map(fileAt)
    .find(file => file !== undefined);
}

/** The paths that an alias may mean, in the order in which TypeScript tries them. */
function aliases(
  specifier: string,
  folder: string,
  { compilerOptions, pathsBase, baseUrl }: TsConfig,
): string[] {
  const patterns = Object.entries((compilerOptions['paths'] ?? {}) as Record<string, string[]>);
  // As in TypeScript, the pattern with the longest text before its star wins.
  const [best] = patterns
    .flatMap(([pattern, targets]) => {
      const [before = '', after] = pattern.split('*');
      if (after === undefined)
        return specifier === pattern ? [{ before: `${pattern}*`, rest: '', targets }] : [];
      const fits =
        specifier.startsWith(before) &&
        specifier.endsWith(after) &&
        specifier.length >= before.length + after.length;
      const rest = specifier.slice(before.length, specifier.length - after.length);
      return fits ? [{ before, rest, targets }] : [];
    })
    .toSorted((a, b) => b.before.length - a.before.length);
  const base = baseUrl ?? pathsBase ?? folder;
  const aliased = best?.targets.map(target => resolve(base, target.replace('*', best.rest))) ?? [];
  return baseUrl === undefined ? aliased : [...aliased, resolve(baseUrl, specifier)];
}

const sourceExtensions: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};

/** The source file that a path means: its extension may be that of the source, that of the output, or absent. */
export function fileAt(path: string): string | undefined {
  const extension = /\.[cm]?jsx?$/.exec(path)?.[0];
  const stem = extension === undefined ? path : path.slice(0, -extension.length);
  const candidates = [
    ...(sourceExtensions[extension ?? ''] ?? []).map(other => stem + other),
    path,
    ...['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json', '/index.ts', '/index.js'].map(
      other => path + other,
    ),
  ];
  const found = candidates.find(candidate => statSync(candidate, { throwIfNoEntry: false })?.isFile());
  // Node.js identifies a module by its real path, whatever links led to it.
  return found === undefined ? undefined : realpathSync(found);
}
