import { readFileSync } from 'node:fs';
import { registerHooks, setSourceMapsSupport } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isOwnFile } from '../../own-package.ts';
import { eraseModule } from './erase-module.ts';
import { type Format, formatOf } from './format.ts';
import { optionalPrefix } from './metadata.ts';
import { fileAt, resolveTypeScript } from './resolve.ts';
import { transpile } from './transpile.ts';
import { readTsConfig, type TsConfig, tsConfigFor } from './tsconfig.ts';

/**
 * Lets Node.js run a project's TypeScript as the project's own tools do, by what its tsconfig.json says about imports,
 * decorators and fields.
 *
 * @param tsconfig the file to use instead of the nearest tsconfig.json of each file
 */
export function runTypeScript(tsconfig?: string): void {
  const only = tsconfig === undefined ? undefined : readTsConfig(tsconfig);
  setSourceMapsSupport(true);
  registerHooks({
    resolve(specifier, context, next) {
      const isOptional = specifier.startsWith(optionalPrefix);
      const name = isOptional ? specifier.slice(optionalPrefix.length) : specifier;
      const file = sourceOf(name, context.parentURL, only);
      if (file !== undefined) return { url: pathToFileURL(file).href, shortCircuit: true };
      if (!isOptional) return next(name, context);
      try {
        return next(name, context);
      } catch {
        return { url: 'data:text/javascript,', shortCircuit: true };
      }
    },
    load(url, context, next) {
      if (!isTypeScript(url)) return next(url, context);
      const file = fileURLToPath(url);
      const source = readFileSync(file, 'utf8');
      const format = formatOf(file, source);
      return { format, source: compile(source, file, format, only), shortCircuit: true };
    },
  });
}

/** The TypeScript file that an import means; one at the prompt is resolved as in the project's own files. */
function sourceOf(name: string, parent: string | undefined, only: TsConfig | undefined): string | undefined {
  if (isTypeScript(parent)) return resolveTypeScript(name, fileURLToPath(parent), only);
  return isOwnFile(parent) && name.startsWith('file:') ? fileAt(fileURLToPath(name)) : undefined;
}

/** Whether a file runs as CommonJS, so that its imports are calls of `require`. */
export function isCommonJs(file: string): boolean {
  return isTypeScript(pathToFileURL(file).href) && formatOf(file, readFileSync(file, 'utf8')) === 'commonjs';
}

/** Files of packages are left alone, as Node.js runs no TypeScript in them either. */
function isTypeScript(url: string | undefined): url is string {
  return (
    url !== undefined &&
    url.startsWith('file:') &&
    /\.[cm]?tsx?($|\?)/.test(url) &&
    !url.includes('/node_modules/') &&
    !isOwnFile(url)
  );
}

function compile(source: string, file: string, format: Format, only: TsConfig | undefined): string {
  const { compilerOptions } = only ?? tsConfigFor(dirname(file));
  const erased = format === 'module' ? eraseModule(source, compilerOptions) : undefined;
  return erased ?? transpile(source, file, format, compilerOptions);
}
