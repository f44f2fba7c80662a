import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { ProjectError } from '../project-error.ts';

/** The part of a tsconfig.json that decides what a file means when it runs. */
export interface TsConfig {
  /** As they are written, those of what it extends included. */
  readonly compilerOptions: Readonly<Record<string, unknown>>;
  /** Where `paths` and `baseUrl` start. */
  readonly pathsBase: string | undefined;
  readonly baseUrl: string | undefined;
}

interface Written {
  readonly extends?: string | readonly string[];
  readonly files?: readonly string[];
  readonly references?: readonly { readonly path: string }[];
  readonly compilerOptions?: Readonly<Record<string, unknown>>;
}

const nothing: TsConfig = { compilerOptions: {}, pathsBase: undefined, baseUrl: undefined };
const found = new Map<string, TsConfig>();

/** The settings for the files of a directory: those of the nearest tsconfig.json. */
export function tsConfigFor(folder: string): TsConfig {
  const known = found.get(folder);
  if (known !== undefined) return known;
  const file = join(folder, 'tsconfig.json');
  const parent = dirname(folder);
  const config = existsSync(file) ? readTsConfig(file) : parent === folder ? nothing : tsConfigFor(parent);
  found.set(folder, config);
  return config;
}

/** Reads a tsconfig.json. TypeScript could too, but takes a fifth of a second to load. */
export function readTsConfig(file: string, seen: readonly string[] = []): TsConfig {
  if (seen.includes(file)) return nothing;
  const folder = dirname(file);
  const written = parse(file);
  const bases = [written.extends ?? []].flat().map(base => {
    const path = locate(base, file);
    return path === undefined ? nothing : readTsConfig(path, [...seen, file]);
  });
  // A file that only lists others has nothing to say itself.
  const [part] = written.files?.length === 0 ? (written.references ?? []) : [];
  if (part) bases.push(readReference(resolve(folder, part.path), [...seen, file]));
  const own = written.compilerOptions ?? {};
  const merged = bases.reduce(merge, nothing);
  return merge(merged, {
    compilerOptions: own,
    pathsBase: 'paths' in own ? folder : undefined,
    baseUrl: typeof own['baseUrl'] === 'string' ? resolve(folder, own['baseUrl']) : undefined,
  });
}

function readReference(path: string, seen: readonly string[]): TsConfig {
  const file = path.endsWith('.json') ? path : join(path, 'tsconfig.json');
  return existsSync(file) ? readTsConfig(file, seen) : nothing;
}

function merge(base: TsConfig, over: TsConfig): TsConfig {
  return {
    compilerOptions: { ...base.compilerOptions, ...over.compilerOptions },
    pathsBase: over.pathsBase ?? base.pathsBase,
    baseUrl: over.baseUrl ?? base.baseUrl,
  };
}

/** What `extends` names: a file, or a file of a package. */
function locate(name: string, from: string): string | undefined {
  if (/^\.|^\/|^[A-Z]:/i.test(name)) {
    const path = resolve(dirname(from), name);
    return [path, `${path}.json`].find(each => each.endsWith('.json') && existsSync(each));
  }
  const require = createRequire(from);
  for (const path of [name, `${name}.json`, `${name}/tsconfig.json`]) {
    try {
      const file = require.resolve(path);
      if (file.endsWith('.json')) return file;
    } catch {
      // Not there; TypeScript will say so where it is used for checking.
    }
  }
  return undefined;
}

/** JSON with comments and commas at the end. */
function parse(file: string): Written {
  const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  const plain = text
    .replaceAll(/("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, string?: string) => string ?? '')
    .replaceAll(/("(?:\\.|[^"\\])*")|,(?=\s*[}\]])/g, (_, string?: string) => string ?? '');
  try {
    return plain.trim() === '' ? {} : (JSON.parse(plain) as Written);
  } catch (error) {
    throw new ProjectError(
      `Cannot read ${file}: ${(error as Error).message.replaceAll(/\s+/g, ' ')}`,
      'Mend it, and start again.',
    );
  }
}
