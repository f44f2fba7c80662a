import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import typescript from 'typescript';

const { ModuleKind, ScriptTarget, transpileModule } = typescript;

/** Where the package is written. */
const outdir = resolve(process.argv[2] ?? 'dist');

const root = import.meta.dirname;

rmSync(outdir, { recursive: true, force: true });

// A file a module would cost a third of the time that the program takes to start. What only some of these need is in
// files of its own, which they load when they need it.
await build({
  absWorkingDir: root,
  entryPoints: [
    'src/index.ts',
    'src/blog/mapping.ts',
    'repl/main.ts',
    'repl/terminal/watchdog-thread.ts',
    'repl/cli/lesson/standstill-thread.ts',
    'repl/typecheck/compiler-thread.ts',
    'repl/test-runners/vitest.ts',
    'repl/test-runners/node-test.ts',
  ],
  outbase: '.',
  outdir,
  chunkNames: 'parts/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.17',
  packages: 'external',
  logLevel: 'warning',
  // The options of an import() at the prompt are the prompt's.
  logOverride: { 'unsupported-dynamic-import': 'silent' },
});

// These stay CommonJS, which esbuild does not make of a file that exports types.
for (const name of ['jest', 'define']) {
  const source = readFileSync(join(root, `repl/test-runners/${name}.cts`), 'utf8');
  const { outputText } = transpileModule(source, {
    fileName: `${name}.cts`,
    compilerOptions: { module: ModuleKind.NodeNext, target: ScriptTarget.ES2024 },
  });
  writeFileSync(join(outdir, `repl/test-runners/${name}.cjs`), outputText);
}

// `npm run typecheck` is what checks them.
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
execFileSync(process.execPath, [tsc, '--noCheck', '--emitDeclarationOnly', '--outDir', outdir], {
  cwd: root,
  stdio: 'inherit',
});
