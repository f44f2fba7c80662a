import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import type { Seen } from './play.ts';
import { dump } from './schema.ts';
import type { Step } from './script.ts';

/** Debian's Python, which has Debian's packages. */
const python = '/usr/bin/python3';
const program = new URL('sqlalchemy_side.py', import.meta.url).pathname;

/** Why SQLAlchemy cannot be asked here; empty if it can. */
export function whyNot(): string {
  const imports = 'import flask_sqlalchemy, psycopg2, sqlalchemy; print(sqlalchemy.__version__)';
  const { status, stdout } = spawnSync(python, ['-c', imports], { encoding: 'utf8' });
  if (status !== 0) return 'skipped, as python3-flask-sqlalchemy or python3-psycopg2 is not installed';
  return stdout.startsWith('1.4.') ? '' : `skipped, as SQLAlchemy is not 1.4 but ${stdout.trim()}`;
}

/** One process of Python that plays scenarios, one after another. */
export class SqlAlchemy {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: Interface;
  readonly #ended: Promise<never>;
  #said = '';

  constructor() {
    this.#child = spawn(python, [program]);
    this.#lines = createInterface(this.#child.stdout);
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#said += text));
    this.#ended = once(this.#child, 'exit').then(() => {
      throw new Error(this.#said);
    });
    // The end of the tests is no failure.
    this.#ended.catch(() => {});
  }

  async play(url: string, steps: readonly Step[]): Promise<Seen> {
    const answer = once(this.#lines, 'line');
    this.#child.stdin.write(`${JSON.stringify({ url, steps, dump })}\n`);
    const [line] = (await Promise.race([answer, this.#ended])) as [string];
    const seen = JSON.parse(line) as Seen & { failed?: string };
    if (seen.failed !== undefined) throw new Error(seen.failed);
    return seen;
  }

  close(): void {
    this.#child.stdin.end();
  }
}
