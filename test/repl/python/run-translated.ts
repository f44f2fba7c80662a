import { Collection } from '@mikro-orm/core';
import { modelsOf } from '../../../repl/python/models-of.ts';
import { PythonSession, type Translation } from '../../../repl/python/translate.ts';
import { Shell } from '../../../repl/shell.ts';
import { openSession, Post, Query, User } from '../../../src/index.ts';
import type { Seen } from './flask.ts';

/** A session of Python in this shell: its translation, and what that shows. */
export interface Ran {
  readonly translations: readonly Translation[];
  readonly shown: Seen;
}

/** Translates a session and runs it on an empty database. Statements that are refused do not run. */
export async function runTranslated(text: string): Promise<Ran> {
  const session = await openSession({ url: 'sqlite::memory:' });
  let printed: string[] = [];
  const log = (...args: unknown[]): void => {
    const [first, ...rest] = args;
    printed.push(`${(first === '%s' ? rest : args).map(each => written(each)).join(' ')}\n`);
  };
  const shell = new Shell({ session, console: { ...console, log }, load: name => import(name) });
  const seen: Seen['seen'][number][] = [];
  try {
    const translations = new PythonSession(modelsOf(session)).translate(text);
    for (const { typescript, python } of translations) {
      printed = [];
      let value: unknown = null;
      let fails = false;
      for (const statement of typescript) {
        const answer = await shell.respond(statement);
        fails = answer.kind === 'error';
        if (answer.kind === 'error' && process.env['SHOW'] === '1') console.info(python, answer.error);
        value = answer.kind === 'value' ? answer.value : answer.kind === 'entities' ? answer.items : null;
      }
      seen.push({ ...(fails ? { fails: true } : { value: await plain(value) }), printed: printed.join('') });
    }
    const variables: Record<string, unknown> = {};
    for (const name of shell.scope.names()) {
      if (shell.scope.isProvided(name) || /^[_$]/.test(name)) continue;
      const answer = await shell.respond(name);
      const value =
        answer.kind === 'value'
          ? answer.value
          : answer.kind === 'entities'
            ? answer.items
            : answer.kind === 'nothing'
              ? null
              : '?';
      variables[name] = await plain(value);
    }
    await session.rollback();
    const rows = await Promise.all(
      [
        'select id, username, email, password from user order by id',
        'select id, title, content, user_id from post order by id',
      ].map(async sql => (await session.em.execute(sql)).map(row => Object.values(row) as unknown[])),
    );
    return { translations, shown: { seen, variables, rows } };
  } finally {
    await session.close();
  }
}

function written(value: unknown): string {
  return value === null ? 'None' : (value as string);
}

/** A value as the other side writes it. */
async function plain(value: unknown): Promise<unknown> {
  if (value === undefined || value === null) return null;
  if (value instanceof User) return `User(${value.username})`;
  if (value instanceof Post) return `Post(${value.title})`;
  if (value instanceof Query || value instanceof Date || typeof value === 'function') return '?';
  if (value instanceof Map)
    return {
      map: await Promise.all([...value].map(async ([key, each]) => [await plain(key), await plain(each)])),
    };
  if (value instanceof Set) {
    const items = await Promise.all([...value].map(plain));
    return { set: items.toSorted((a, b) => (String(a) < String(b) ? -1 : 1)) };
  }
  if (value instanceof Collection) return Promise.all((await value.loadItems()).map(plain));
  if (Array.isArray(value)) return Promise.all(value.map(plain));
  return typeof value === 'object' ? '?' : value;
}
