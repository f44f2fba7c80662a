import { realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { type TsConfig, tsConfigFor } from './tsconfig.ts';

/**
 * The file that an import in a TypeScript file means to TypeScript, where Node.js would look for another: `./user.js`
 * that is user.ts, `./user`, `./entities` that is entities/index.ts, and what `paths` and `baseUrl` name.
 *
 * @returns undefined where it is for Node.js to find, a package for instance
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

/** The paths that an alias may stand for, in the order in which TypeScript tries them. */
function aliases(
  specifier: string,
  folder: string,
  { compilerOptions, pathsBase, baseUrl }: TsConfig,
): string[] {
  const patterns = Object.entries((compilerOptions['paths'] ?? {}) as Record<string, string[]>);
  // The longest text before the star wins, as in TypeScript.
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
  const named = best?.targets.map(target => resolve(base, target.replace('*', best.rest))) ?? [];
  return baseUrl === undefined ? named : [...named, resolve(baseUrl, specifier)];
}

const sources: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};

/** The source file that a path stands for, its ending as it is written, compiled or left out. */
export function fileAt(path: string): string | undefined {
  const ending = /\.[cm]?jsx?$/.exec(path)?.[0];
  const stem = ending === undefined ? path : path.slice(0, -ending.length);
  const candidates = [
    ...(sources[ending ?? ''] ?? []).map(other => stem + other),
    path,
    ...['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json', '/index.ts', '/index.js'].map(
      other => path + other,
    ),
  ];
  const found = candidates.find(candidate => statSync(candidate, { throwIfNoEntry: false })?.isFile());
  // Node.js knows a file by one path, however it was reached.
  return found === undefined ? undefined : realpathSync(found);
}
