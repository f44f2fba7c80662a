import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** `require` as in a file of the current directory. */
export function requireHere(): NodeJS.Require {
  const native = createRequire(pathToFileURL(place()));
  const find = (name: string, options?: { paths?: string[] }) =>
    withoutPlace(() => native.resolve(name, options));
  const require = (name: string): unknown => withoutPlace((): unknown => native(name));
  return Object.assign(require, native, { resolve: Object.assign(find, native.resolve) });
}

/** `import()` as in a file of the current directory. */
export async function load(specifier: string, options?: ImportCallOptions): Promise<unknown> {
  return import(urlOf(specifier), options);
}

function urlOf(specifier: string): string {
  if (/^(node|data|https?|file):/.test(specifier)) return specifier;
  if (/^[./]/.test(specifier)) return pathToFileURL(resolve(specifier)).href;
  const found = requireHere().resolve(specifier);
  return found === specifier ? specifier : pathToFileURL(found).href;
}

/** The file that code at the prompt would be in. */
function place(): string {
  return resolve('prompt');
}

/** Looks for a module; the error does not name the file that there is not. */
function withoutPlace<T>(find: () => T): T {
  const here = place();
  try {
    return find();
  } catch (error) {
    if (error instanceof Error && (error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') {
      const without = (text: string) =>
        text.replace(`\n- ${here}`, '').replace(/\nRequire stack:(?=\n {4}at|$)/, '');
      error.stack = without(error.stack ?? '');
      error.message = without(error.message);
    }
    throw error;
  }
}
