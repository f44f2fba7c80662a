import { inspect, stripVTControlCharacters } from 'node:util';
import { Chalk } from 'chalk';
import { maskPassword, visible } from '../../src/index.ts';
import type { Answer, ErrorAnswer } from '../answer/answer.ts';
import { renderExcerpt, renderFrame } from './render-excerpt.ts';
import { renderPage } from './render-page.ts';
import { renderTable } from './render-table.ts';
import { isErrorLike, renderTrace, textOf } from './render-trace.ts';
import { isOfShell, withoutOwnFrames } from '../places/own-frames.ts';

/** How answers look. */
export interface Style {
  /** The width of a line, in characters. */
  readonly width: number;
  /** Whether there may be ANSI color codes. */
  readonly color: boolean;
  /** Whether errors show their whole stacks and causes. */
  readonly debug?: boolean;
}

/**
 * Draws an answer. Never throws: a value that fails while it is inspected is drawn as the error that it threw.
 *
 * @returns what to print, without a newline at the end; undefined if there is nothing to print
 */
export function render(answer: Answer, style: Style): string | undefined {
  const shown = orError(style, () => draw(answer, style));
  return shown === undefined ? undefined : visible(shown, style.color);
}

/** The first line of an error, without its hint and its places. Never throws. */
export function renderHeadline(answer: ErrorAnswer, style: Style): string {
  return visible(
    orError(style, () => headline(answer, style)),
    style.color,
  );
}

function orError<T>(style: Style, drawing: () => T): T | string {
  try {
    return drawing();
  } catch (error) {
    try {
      return renderError({ kind: 'error', error }, style);
    } catch {
      return 'Uncaught (a value that cannot be shown)';
    }
  }
}

function draw(answer: Answer, style: Style): string | undefined {
  const shown = withMark(renderBody(answer, style), answer);
  if (!answer.sql?.length) return shown;
  const chalk = new Chalk({ level: style.color ? 1 : 0 });
  return [
    ...answer.sql.map(text => chalk.dim(`sql: ${visible(text)}`)),
    ...(shown === undefined ? [] : [shown]),
  ].join('\n');
}

/** Adds `(sandbox)` after an answer that wrote in one, or below an error. */
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
    case 'error':
      return renderError(answer, style);
    case 'trace':
      return renderError({ kind: 'error', error: answer.error }, style, wholeStack(answer.error, style));
    default:
      // A color in it is none of ours.
      return visible(textOfAnswer(answer, style));
  }
}

/** An answer that is drawn without colors. */
function textOfAnswer(answer: Exclude<Answer, { kind: Colored }>, style: Style): string {
  switch (answer.kind) {
    case 'table':
      return renderTable(answer);
    case 'changes':
      return String(answer.report);
    case 'sql':
      return maskPassword(answer.statements.join(';\n'));
    case 'text':
      return answer.text;
    case 'page':
      return renderPage(answer, style.width);
    case 'interrupted':
      return ['Interrupted', answer.verdict].filter(Boolean).join('\n');
  }
}

type Colored = 'nothing' | 'exit' | 'value' | 'entities' | 'error' | 'trace';

function show(value: unknown, { width, color, debug }: Style): string {
  const text = inspect(value, { colors: color, breakLength: width });
  return maskPassword(debug === true ? text : withoutOwnFrames(text));
}

/** How many entities of a list are shown. */
const maxEntities = 100;

/** How many columns `util.inspect` leaves free at the end of a line; lists of entities break like its arrays. */
const marginColumns = 9;

/** Draws a list of entities on one line if they fit, otherwise on a line each. */
function renderEntities(items: readonly object[], style: Style): string {
  const shown = items.slice(0, maxEntities).map(item => show(item, style));
  if (items.length > maxEntities) shown.push(`... ${items.length - maxEntities} more items`);
  if (shown.length === 0) return '[]';
  const line = `[ ${shown.join(', ')} ]`;
  if (stripVTControlCharacters(line).length <= style.width - marginColumns && !line.includes('\n'))
    return line;
  return `[\n${shown.map(item => `  ${item.replaceAll('\n', '\n  ')}`).join(',\n')}\n]`;
}

function renderError(
  answer: ErrorAnswer,
  style: Style,
  trace = style.debug ? renderTrace(answer.error) : [],
): string {
  const { error, excerpt, frames = [], suggestion } = answer;
  const above = excerpt && renderExcerpt(excerpt, style.width);
  // The whole stack has them, and the causes.
  const places = trace.length > 0 ? [] : frames.map(frame => renderFrame(frame, style.width));
  const meant = suggestion === undefined ? '' : `Did you mean: ${suggestion}`;
  const below = [hintOf(error), meant, ...places, ...trace].map(text => visible(maskPassword(text)));
  return [visible(above ?? ''), headline(answer, style), ...below].filter(Boolean).join('\n');
}

/** A stack with the frames of libraries. Those of this program and of Node.js say nothing about the error. */
function wholeStack(error: unknown, { debug }: Style): string[] {
  const lines = renderTrace(error);
  return debug ? lines : lines.filter(line => !/^\s+at /.test(line) || !isOfShell(line));
}

function headline({ error }: ErrorAnswer, style: Style): string {
  const chalk = new Chalk({ level: style.color ? 1 : 0 });
  const what = isErrorLike(error)
    ? visible(`${textOf(error.name)}: ${maskPassword(withoutRuntime(textOf(error.message)))}`)
    : show(error, style);
  return `${chalk.red('Uncaught')} ${what}`;
}

/** What to do about an error: mikroscope's and PostgreSQL's errors have a hint. */
function hintOf(error: unknown): string {
  const hint: unknown = isErrorLike(error) && 'hint' in error ? error.hint : '';
  return typeof hint === 'string' ? hint : '';
}

/** Takes the names of the runtime out of a message of V8, which may quote compiled code. */
function withoutRuntime(message: string): string {
  return message.replaceAll(/\b__s\./g, '');
}
