import { Chalk } from 'chalk';
import { visible } from '../../src/index.ts';
import { isLocal } from '../guard.ts';
import type { Style } from '../render/render.ts';
import { wrap } from '../render/wrap.ts';
import type { Shell } from '../shell.ts';

/**
 * The prompt: it names the host of a database on another machine, in red, and says if this is a sandbox.
 *
 * @param prompt what comes last
 */
export function promptOf({ database }: Shell['session'], color: boolean, prompt = '> '): string {
  const where = isLocal(database.host)
    ? []
    : [new Chalk({ level: color ? 1 : 0 }).red(visible(database.host ?? ''))];
  const what = [...where, ...(database.sandbox ? ['sandbox'] : [])].join(' ');
  return what === '' || prompt === '> ' ? `${what}${prompt}` : `${what} ${prompt}`;
}

/**
 * What is printed above the first prompt.
 *
 * @param project the name of the project that is open; undefined for the demo blog
 */
export function greeting(shell: Shell, { color, width }: Style, project: string | undefined): string {
  const { database, entities } = shell.session;
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const names = Object.keys(entities).toSorted();
  const what =
    project === undefined
      ? `with the demo blog (${names.join(', ')})`
      : `in ${chalk.bold(visible(project))} with ${names.length} ${names.length === 1 ? 'entity' : 'entities'}`;
  const { hiddenEntities: hidden } = shell;
  return [
    `${chalk.bold('mikroscope')} on ${chalk.cyan(visible(database.url))} ${what}. ${chalk.dim('help() for help, Ctrl-D to leave.')}`,
    ...(database.sandbox ? ['A sandbox: everything is undone when you leave, commits included.'] : []),
    ...(hidden.length === 0
      ? []
      : [`Some names were taken: ${hidden.map(name => `${name} is ${memberOfEntities(name)}`).join(', ')}.`]),
  ]
    .flatMap(line => wrap(line, width))
    .join('\n');
}

function memberOfEntities(name: string): string {
  return /^[\w$]+$/.test(name) ? `entities.${name}` : `entities['${name}']`;
}
