import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { unreadable } from '../project-error.ts';

/** The part of a tsconfig.json that decides what a file means when it runs. */
export interface TsConfig {
  /** Only what is written, here and in the files that it extends: no defaults. */
  readonly compilerOptions: Readonly<Record<string, unknown>>;
  /** The folder to which `paths` are relative. */
  readonly pathsBase: string | undefined;
  /** The absolute path of `baseUrl`. */
  readonly baseUrl: string | undefined;
}

interface WrittenConfig {
  readonly extends?: string | readonly string[];
  readonly files?: readonly string[];
  readonly references?: readonly { readonly path: string }[];
  readonly compilerOptions?: Readonly<Record<string, unknown>>;
}

const emptyConfig: TsConfig = { compilerOptions: {}, pathsBase: undefined, baseUrl: undefined };
const configs = new Map<string, TsConfig>();

/** The settings for the files in a folder: those of the nearest tsconfig.json. */
export function tsConfigFor(folder: string): TsConfig {
  const known = configs.get(folder);
  if (known !== undefined) return known;
  const file = join(folder, 'tsconfig.json');
  const parent = dirname(folder);
  const isRoot = parent === folder;
  const config = existsSync(file) ? readTsConfig(file) : isRoot ? emptyConfig : tsConfigFor(parent);
  configs.set(folder, config);
  return config;
}

/**
 * Reads a tsconfig.json and what it extends.
 *
 * TypeScript could, too, but takes a fifth of a second to load. The package get-tsconfig adds defaults to what is
 * written, ignores a file that is not JSON, and refuses one whose base is not installed.
 *
 * @throws ProjectError if a file is not JSON
 */
export function readTsConfig(file: string): TsConfig {
  return readWithBases(file, { configDir: dirname(file), seen: [] });
}

interface Reading {
  /** What `${configDir}` stands for: the folder of the file that extends the others. */
  readonly configDir: string;
  /** The files that led here, so that a circle ends. */
  readonly seen: readonly string[];
}

function readWithBases(file: string, { configDir, seen }: Reading): TsConfig {
  if (seen.includes(file)) return emptyConfig;
  const folder = dirname(file);
  const written = parse(file, configDir);
  const next = { configDir, seen: [...seen, file] };
  const bases = [written.extends ?? []].flat().map(name => {
    const base = resolveBase(name, file);
    return base === undefined ? emptyConfig : readWithBases(base, next);
  });
  // A file that only lists the parts of a project says nothing itself.
  const [part] = written.files?.length === 0 ? (written.references ?? []) : [];
  if (part) bases.push(readReference(resolve(folder, part.path), next.seen));
  const { compilerOptions = {} } = written;
  return [...bases, ownConfig(folder, compilerOptions)].reduce(merge, emptyConfig);
}

function ownConfig(folder: string, compilerOptions: Readonly<Record<string, unknown>>): TsConfig {
  const { baseUrl } = compilerOptions;
  return {
    compilerOptions,
    pathsBase: 'paths' in compilerOptions ? folder : undefined,
    baseUrl: typeof baseUrl === 'string' ? resolve(folder, baseUrl) : undefined,
  };
}

function readReference(path: string, seen: readonly string[]): TsConfig {
  const file = path.endsWith('.json') ? path : join(path, 'tsconfig.json');
  return existsSync(file) ? readWithBases(file, { configDir: dirname(file), seen }) : emptyConfig;
}

function merge(base: TsConfig, over: TsConfig): TsConfig {
  return {
    compilerOptions: { ...base.compilerOptions, ...over.compilerOptions },
    pathsBase: over.pathsBase ?? base.pathsBase,
    baseUrl: over.baseUrl ?? base.baseUrl,
  };
}

/** The file that `extends` names, by its path or in a package. */
function resolveBase(name: string, from: string): string | undefined {
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
      // It does not exist, which is for TypeScript to report.
    }
  }
  return undefined;
}

/** Parses JSON with comments and trailing commas. */
function parse(file: string, configDir: string): WrittenConfig {
  const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  const json = text
    .replaceAll(/("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, string?: string) => string ?? '')
    .replaceAll(/("(?:\\.|[^"\\])*")|,(?=\s*[}\]])/g, (_, string?: string) => string ?? '')
    .replaceAll('${configDir}', configDir.replaceAll('\\', '/'));
  try {
    return json.trim() === '' ? {} : (JSON.parse(json) as WrittenConfig);
  } catch (error) {
    throw unreadable(file, error);
  }
}
