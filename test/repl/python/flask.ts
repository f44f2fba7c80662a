import { spawnSync } from 'node:child_process';

/** Debian's Python, which has Debian's packages. */
const python = '/usr/bin/python3';
const program = new URL('flask_side.py', import.meta.url).pathname;

/** What a session showed, statement by statement, and what it left behind. */
export interface Seen {
  readonly seen: readonly { readonly value?: unknown; readonly fails?: true; readonly printed: string }[];
  readonly variables: Readonly<Record<string, unknown>>;
  readonly rows: readonly (readonly unknown[][])[];
}

/** Why Flask-SQLAlchemy cannot be asked here; empty if it can. */
export function whyNot(): string {
  const { status } = spawnSync(python, ['-c', 'import flask_sqlalchemy']);
  return status === 0 ? '' : 'skipped, as python3-flask-sqlalchemy is not installed';
}

/** Runs sessions in the real Flask-SQLAlchemy. */
export function runInFlask(sessions: readonly string[]): readonly Seen[] {
  const input = sessions.map(text => JSON.stringify(text)).join('\n');
  const { stdout, stderr, status } = spawnSync(python, [program], { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Seen);
}
