import { createRequire } from 'node:module';
import type { CompilerOptions } from 'typescript';
import type { Service } from 'ts-node';
import { definesFields } from './erase-module.ts';
import type { Format } from './format.ts';
import { lenientMetadata } from './metadata.ts';

/**
 * Compiles TypeScript with the project's compiler, or with this program's if the project's has no JavaScript API. Each
 * file is compiled by itself: types are erased, not checked.
 *
 * @throws TSError with the position of a syntax error
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
const ownRequire = createRequire(import.meta.url);

function load(file: string, format: Format, options: Readonly<Record<string, unknown>>): Service {
  const { create } = ownRequire('ts-node') as typeof import('ts-node');
  const compiler = compilerOf(file);
  const { version } = ownRequire(compiler) as { version: string };
  return create({
    compiler,
    skipProject: true,
    skipIgnore: true,
    transpileOnly: true,
    compilerOptions: {
      ...runtimeOptions(options, format),
      // ts-node sets options that TypeScript 6 has deprecated; TypeScript 5 rejects the option that silences it.
      ...(version.startsWith('6.') && { ignoreDeprecations: '6.0' }),
    },
  });
}

/** The project's compiler, unless it is TypeScript 7, which has no JavaScript API. */
function compilerOf(file: string): string {
  try {
    const path = createRequire(file).resolve('typescript');
    if (typeof (ownRequire(path) as { transpileModule?: unknown }).transpileModule === 'function')
      return path;
  } catch {
    // The project has no TypeScript.
  }
  return ownRequire.resolve('typescript');
}

/** The options of the project that change what the program does. */
function runtimeOptions(options: Readonly<Record<string, unknown>>, format: Format): CompilerOptions {
  const kept = [
    'experimentalDecorators',
    'emitDecoratorMetadata',
    'verbatimModuleSyntax',
    'jsx',
    'jsxImportSource',
  ];
  const runtime = {
    ...Object.fromEntries(kept.filter(name => name in options).map(name => [name, options[name]])),
    // A newer target would leave decorators in the code, which Node.js cannot run.
    target: 'es2022',
    useDefineForClassFields: definesFields(options),
    module: format === 'module' ? 'esnext' : 'commonjs',
    esModuleInterop: true,
    ...(format === 'commonjs' && { verbatimModuleSyntax: false }),
  };
  return runtime as unknown as CompilerOptions;
}
