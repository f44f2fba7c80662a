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
 * what needs generated code (enums, parameter properties, decorators) goes through ts-node.
 *
 * @param text one or more statements of TypeScript
 */
export function eraseTypes(text: string): Erased {
  try {
    const source = stripTypeScriptTypes(text);
    return /(^|[\s;{}()])@[\w$(]/.test(source) ? transpile(text) : { kind: 'erased', source };
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    if (/got '<eof>'|^Unexpected eof|^Unterminated (template|block comment)/.test(message))
      return { kind: 'incomplete' };
    return transpile(text);
  }
}

let service: Service | undefined;

function transpile(text: string): Erased {
  service ??= loadService();
  const { outputText, diagnostics = [] } = service.ts.transpileModule(text, {
    reportDiagnostics: true,
    compilerOptions: service.config.options,
  });
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
      experimentalDecorators: true,
      emitDecoratorMetadata: false,
      removeComments: false,
      sourceMap: false,
      inlineSourceMap: false,
      verbatimModuleSyntax: true,
    },
  });
}
