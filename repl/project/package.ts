import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { unreadable } from './project-error.ts';

/** The part of a package.json that this program reads. */
export interface Package {
  readonly root: string;
  readonly name?: string;
  readonly type?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  /** MikroORM's settings. */
  readonly 'mikro-orm'?: Settings;
}

/** MikroORM's settings in a package.json. MIKRO_ORM_CLI_… variables take precedence. */
export interface Settings {
  readonly configPaths?: readonly string[];
  readonly preferTs?: boolean;
  readonly tsLoader?: string;
  readonly tsConfigPath?: string;
}

/** The nearest package.json, from a folder upwards. */
export function nearestPackage(folder: string): Package | undefined {
  const file = join(folder, 'package.json');
  if (existsSync(file)) return readPackage(file);
  const parent = dirname(folder);
  return parent === folder ? undefined : nearestPackage(parent);
}

/** @returns the packages of MikroORM that the package depends on, such as `@mikro-orm/postgresql` */
export function ormPackages({ dependencies, devDependencies, peerDependencies }: Package): string[] {
  const all = Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies });
  return all.filter(name => name.startsWith('@mikro-orm/'));
}

function readPackage(file: string): Package {
  try {
    // npm and Node.js take no notice of a mark at its beginning.
    const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
    return { ...(JSON.parse(text) as object), root: dirname(file) };
  } catch (error) {
    throw unreadable(file, error);
  }
}
