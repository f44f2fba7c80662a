import { inspect, stripVTControlCharacters } from 'node:util';
import { Chalk } from 'chalk';
import { maskPassword } from '../../src/index.ts';
import type { Answer, ErrorAnswer } from '../answer/answer.ts';

/** How wide the output is, in characters, and whether it may hold ANSI color codes. */
export interface Style {
  readonly width: number;
  readonly color: boolean;
}

/**
 * @param answer what a statement answered
 * @returns what to print, without a newline at the end; undefined for nothing to print
 */
export function render(answer: Answer, style: Style): string | undefined {
  const shown = withMark(renderBody(answer, style), answer);
  if (!answer.sql?.length) return shown;
  const chalk = new Chalk({ level: style.color ? 1 : 0 });
  return [...answer.sql.map(text => chalk.dim(`sql: ${text}`)), ...(shown === undefined ? [] : [shown])].join(
    '\n',
  );
}

/** `(sandbox)` behind what wrote in one, or below where that is an error. */
function withMark(shown: string | undefined, { kind, sandbox }: Answer): string | undefined {
  if (!sandbox) return shown;
  return shown === undefined ? '(sandbox)' : `${shown}${kind === 'error' ? '\n' : ' '}(sandbox)`;
}

function renderBody(answer: Answer, style: Style): string | undefined {
  switch (answer.kind) {
    case 'nothing':
    case 'exit':
      return undefined;
    case 'value':
      return show(answer.value, style);
    case 'entities':
      return renderEntities(answer.items, style);
    case 'text':
      return answer.text;
    case 'interrupted':
      return 'Interrupted';
    case 'error':
      return renderError(answer, style);
  }
}

function show(value: unknown, { width, color }: Style): string {
  return maskPassword(inspect(value, { colors: color, breakLength: width }));
}

/** As many entities as anyone reads. */
const most = 100;

/** What `util.inspect` leaves free at the end of a line, so that lists of anything break alike. */
const margin = 9;

/** A list of entities: on one line if they fit, else one a line. */
function renderEntities(items: readonly object[], style: Style): string {
  const shown = items.slice(0, most).map(item => show(item, style));
  if (items.length > most) shown.push(`... ${items.length - most} more items`);
  if (shown.length === 0) return '[]';
  const line = `[ ${shown.join(', ')} ]`;
  if (stripVTControlCharacters(line).length <= style.width - margin && !line.includes('\n')) return line;
  return `[\n${shown.map(item => `  ${item.replaceAll('\n', '\n  ')}`).join(',\n')}\n]`;
}

function renderError(answer: ErrorAnswer, style: Style): string {
  const { error, excerpt, frames = [] } = answer;
  return [excerpt, renderHeadline(answer, style), hintOf(error), ...frames].filter(Boolean).join('\n');
}

/** What was thrown, without the place and the advice. */
export function renderHeadline({ error }: ErrorAnswer, style: Style): string {
  const chalk = new Chalk({ level: style.color ? 1 : 0 });
  const what = isErrorLike(error)
    ? `${error.name}: ${maskPassword(withoutRuntime(error.message))}`
    : show(error, style);
  return `${chalk.red('Uncaught')} ${what}`;
}

/** What to do now, as mikroscope's and PostgreSQL's errors say it. */
function hintOf(error: unknown): string {
  const hint: unknown = isErrorLike(error) && 'hint' in error ? error.hint : '';
  return typeof hint === 'string' ? hint : '';
}

function isErrorLike(error: unknown): error is Error {
  return error instanceof Error || Object.prototype.toString.call(error) === '[object Error]';
}

/** A complaint of JavaScript's may quote compiled code. */
function withoutRuntime(message: string): string {
  return message.replaceAll(/\b__s\./g, '');
}
