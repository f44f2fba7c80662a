import { createRequire, stripTypeScriptTypes } from 'node:module';
import type { Service } from 'ts-node';
import type { SourceError } from './source-error.ts';

/** JavaScript on the same lines as the TypeScript that it was made from, or why there is none. */
export type Erased =
  | { readonly kind: 'erased'; readonly source: string }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'refused'; readonly error: SourceError };

/**
 * Removes the types from TypeScript. Node's own type stripping takes a tenth of a millisecond and keeps every column;
 * what needs generated code (enums, parameter properties, decorators, accessors) goes through ts-node.
 *
 * @param text one or more statements of TypeScript
 * @throws RangeError for a text that is nested too deeply
 * @param isJavaScript whether a text without types can be run as it is
 */
export function eraseTypes(text: string, isJavaScript: (source: string) => boolean): Erased {
  if (isDeep(text)) throw new RangeError('The text is nested too deeply');
  const stripped = strip(text);
  if (stripped.error === undefined) {
    const { source } = stripped;
    return isJavaScript(source) || !/@|\baccessor\b/.test(source)
      ? { kind: 'erased', source }
      : transpile(text);
  }
  if (/import equals/i.test(stripped.error)) {
    const imported = text.replaceAll(importEquals, 'import $1 from $2');
    if (imported !== text) return eraseTypes(imported, isJavaScript);
  }
  // Where an expression is missing at the end, one more makes it another error, or none.
  const isCut =
    stripped.error === 'Expression expected' && strip(`${text}\n0`).error !== 'Expression expected';
  return isCut || isOfEnd(stripped.error) ? { kind: 'incomplete' } : transpile(text);
}

/** `import fs = require('node:fs')` */
const importEquals = /^\s*import\s+(\w+)\s*=\s*require\(\s*("[^"\n]+"|'[^'\n]+')\s*\)/gm;

/** How deep brackets may nest: after an overflow of its stack, Node's type stripping never works again. */
const maxDepth = 300;

/** Whether brackets nest too deeply, those in strings and comments counted as well. */
function isDeep(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[([{)\]}]/g)) {
    depth = Math.max(0, depth + ('([{'.includes(bracket) ? 1 : -1));
    if (depth > maxDepth) return true;
  }
  return new RegExp(`(?:<[^<>();]*){${maxDepth}}`).test(text);
}

function strip(text: string): { source: string; error?: undefined } | { source?: undefined; error: string } {
  try {
    return { source: stripTypeScriptTypes(text) };
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function isOfEnd(message: string): boolean {
  return /(?:got '|`)<eof>|^Unexpected eof|^Unterminated (template|block comment)/.test(message);
}

let service: Service | undefined;

function transpile(text: string): Erased {
  service ??= loadService();
  let transpiled: ReturnType<Service['ts']['transpileModule']>;
  try {
    transpiled = service.ts.transpileModule(text, {
      reportDiagnostics: true,
      compilerOptions: service.config.options,
    });
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return transform(text);
  }
  const { outputText, diagnostics = [] } = transpiled;
  const [first] = diagnostics;
  if (first?.start === undefined) return { kind: 'erased', source: outputText.trimEnd() };
  const message = service.ts.flattenDiagnosticMessageText(first.messageText, ' ');
  if (first.start >= text.trimEnd().length && !/^Unterminated (string|regular)/.test(message))
    return { kind: 'incomplete' };
  const before = text.slice(0, first.start).split('\n');
  return {
    kind: 'refused',
    error: {
      message,
      line: before.length,
      column: before.at(-1)?.length ?? 0,
    },
  };
}

/** TypeScript 6 fails to write `a?.#b`. What Node.js makes of a text is not on its lines, so it comes second. */
function transform(text: string): Erased {
  try {
    return { kind: 'erased', source: stripTypeScriptTypes(text, { mode: 'transform' }) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: 'refused', error: { message, line: 1, column: 0 } };
  }
}

/** Loading ts-node takes a quarter of a second, so it is loaded when it is first needed. */
function loadService(): Service {
  const require = createRequire(import.meta.url);
  const { create } = require('ts-node') as typeof import('ts-node');
  return create({
    compiler: require.resolve('typescript'),
    skipProject: true,
    transpileOnly: true,
    compilerOptions: {
      target: 'es2024',
      module: 'esnext',
      moduleResolution: 'bundler',
      experimentalDecorators: false,
      removeComments: false,
      sourceMap: false,
      inlineSourceMap: false,
      verbatimModuleSyntax: true,
    },
  });
}
