import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Finds modules as a file in the current directory does. */
export function requireHere(): NodeJS.Require {
  return createRequire(pathToFileURL(resolve('prompt')));
}

/** Imports a module as a file in the current directory does. */
export async function load(specifier: string): Promise<unknown> {
  if (/^(node|data|https?|file):/.test(specifier)) return import(specifier);
  if (/^[./]/.test(specifier)) return import(pathToFileURL(resolve(specifier)).href);
  const found = requireHere().resolve(specifier);
  return import(found === specifier ? specifier : pathToFileURL(found).href);
}
