import { Console } from 'node:console';
import { readFile } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { openSession } from '../../src/index.ts';
import { render } from '../../repl/render/render.ts';
import { Shell } from '../../repl/shell.ts';

/** One statement of a document, with what stands under it. */
export interface Step {
  readonly line: number;
  readonly typed: string;
  readonly expected: string;
}

/** The steps of the `repl` blocks of a Markdown file. */
export async function readSteps(path: string | URL): Promise<Step[]> {
  const steps: Step[] = [];
  let inside = false;
  let open: { line: number; typed: string[]; expected: string[] } | undefined;
  const close = () => {
    if (open)
      steps.push({
        line: open.line,
        typed: open.typed.join('\n'),
        expected: open.expected.join('\n').trimEnd(),
      });
    open = undefined;
  };
  for (const [index, text] of (await readFile(path, 'utf8')).split('\n').entries()) {
    if (text.startsWith('```')) {
      close();
      inside = /^```repl\b/.test(text);
    } else if (inside && text.startsWith('> ')) {
      close();
      open = { line: index + 1, typed: [text.slice(2)], expected: [] };
    } else if (inside && open && open.expected.length === 0 && /^\.\.\.( |$)/.test(text))
      open.typed.push(text.slice(4));
    else if (inside) open?.expected.push(text);
  }
  return steps;
}

/** A shell without a terminal. */
export interface TestShell {
  /** @returns what the statement prints, its console output first */
  readonly type: (text: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

export async function openShell(url: string): Promise<TestShell> {
  const session = await openSession({ url });
  const printed: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      printed.push(String(chunk));
      done();
    },
  });
  const shell = new Shell({
    session,
    console: new Console(sink),
    load: specifier => import(specifier),
  });
  return {
    async type(text) {
      const shown = render(await shell.respond(text), { width: 80, color: false });
      return [printed.splice(0).join('').trimEnd(), shown]
        .filter(part => part !== undefined && part !== '')
        .join('\n');
    },
    close: () => session.close(),
  };
}

/** The pattern that an expected output stands for: `<*>` within a line, `<...>` for any lines. */
export function outputPattern(expected: string): RegExp {
  const escaped = expected.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(
    `^${escaped.replaceAll(String.raw`<\*>`, '.*').replaceAll(String.raw`<\.\.\.>`, String.raw`[\s\S]*`)}$`,
  );
}
