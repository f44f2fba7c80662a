import { createRequire } from 'node:module';
import type { CompilerOptions } from 'typescript';
import type { Service } from 'ts-node';
import { definesFields } from './erase.ts';
import type { Format } from './format.ts';
import { lenientMetadata } from './metadata.ts';

/**
 * Compiles TypeScript with the project's compiler, or with this program's where the project has none that can be called
 * from JavaScript. Every file by itself: types are erased, not checked.
 *
 * @throws an error that says where, for what is not TypeScript
 */
export function transpile(
  source: string,
  file: string,
  format: Format,
  options: Readonly<Record<string, unknown>>,
): string {
  const key = JSON.stringify([format, options]);
  let service = services.get(key);
  if (!service) services.set(key, (service = load(file, format, options)));
  const code = service.compile(source, file);
  return format === 'module' && options['emitDecoratorMetadata'] === true ? lenientMetadata(code) : code;
}

const services = new Map<string, Service>();
const own = createRequire(import.meta.url);

function load(file: string, format: Format, options: Readonly<Record<string, unknown>>): Service {
  const { create } = own('ts-node') as typeof import('ts-node');
  const compiler = compilerOf(file);
  const { version } = own(compiler) as { version: string };
  return create({
    compiler,
    skipProject: true,
    skipIgnore: true,
    transpileOnly: true,
    compilerOptions: {
      ...meaning(options, format),
      // ts-node fills in what TypeScript 6 complains of, and TypeScript 5 does not know that it can be silenced.
      ...(version.startsWith('6.') && { ignoreDeprecations: '6.0' }),
    },
  });
}

/** TypeScript 7 has no JavaScript API. */
function compilerOf(file: string): string {
  try {
    const path = createRequire(file).resolve('typescript');
    if (typeof (own(path) as { transpileModule?: unknown }).transpileModule === 'function') return path;
  } catch {
    // The project has no TypeScript.
  }
  return own.resolve('typescript');
}

/** Of the project's options, those that decide what the program does. */
function meaning(options: Readonly<Record<string, unknown>>, format: Format): CompilerOptions {
  const kept = [
    'experimentalDecorators',
    'emitDecoratorMetadata',
    'verbatimModuleSyntax',
    'jsx',
    'jsxImportSource',
  ];
  const written = {
    ...Object.fromEntries(kept.filter(name => name in options).map(name => [name, options[name]])),
    // Newer than this has decorators as they are written, which Node.js does not know.
    target: 'es2022',
    useDefineForClassFields: definesFields(options),
    module: format === 'module' ? 'esnext' : 'commonjs',
    esModuleInterop: true,
    ...(format === 'commonjs' && { verbatimModuleSyntax: false }),
  };
  return written as unknown as CompilerOptions;
}
