import { execFile } from 'node:child_process';
import { copyFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { run, type Run, type RunOptions } from './program.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const exec = promisify(execFile);

/** A project of test/projects, in a directory of its own, with the packed mikroscope installed. */
export interface Installed {
  readonly folder: string;
  /** Runs the installed program in the project, or in a folder of it. */
  readonly run: (options?: RunOptions, folder?: string) => Promise<Run>;
  /** Where npm put the program. */
  readonly program: string;
}

/** Installs projects as their owners would, with `npm install`, the packed mikroscope among their devDependencies. */
export class Projects {
  readonly #home: string;
  readonly #tarball: string;

  constructor(home: string, tarball: string) {
    this.#home = home;
    this.#tarball = tarball;
  }

  /** Packs what a release would hold; the working tree's dist/ stays as it is. */
  static async pack(): Promise<Projects> {
    const home = await mkdtemp(join(tmpdir(), 'mikroscope-projects-'));
    const folder = join(home, 'package');
    await exec(process.execPath, [join(root, 'build.ts'), join(folder, 'dist')]);
    const own = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { scripts: object };
    await writeFile(join(folder, 'package.json'), JSON.stringify({ ...own, scripts: {} }));
    for (const file of ['README.md', 'LICENSE']) await copyFile(join(root, file), join(folder, file));
    const { stdout } = await npm(['pack', '--json', '--pack-destination', home], folder);
    const [packed] = JSON.parse(stdout) as { filename: string }[];
    return new Projects(home, join(home, packed?.filename ?? ''));
  }

  async install(name: string): Promise<Installed> {
    const folder = join(this.#home, name);
    await cp(join(root, 'test/projects', name), folder, { recursive: true });
    await npm(
      ['install', '-D', this.#tarball, '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'],
      folder,
    );
    const program = join(folder, 'node_modules/mikroscope/dist/repl/main.js');
    return {
      folder,
      program,
      run: (options = {}, inside = '.') => run({ program, cwd: join(folder, inside), ...options }),
    };
  }

  async remove(): Promise<void> {
    await rm(this.#home, { recursive: true });
  }
}

/** npm, on the Node.js that runs the tests: the machine's own may be too old. */
export function npm(args: readonly string[], cwd: string): Promise<{ stdout: string; stderr: string }> {
  const PATH = `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`;
  return exec('npm', [...args], { cwd, env: { ...process.env, PATH, npm_config_loglevel: 'error' } });
}
