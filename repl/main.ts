#!/usr/bin/env node
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 17)) {
  process.stderr.write(`mikroscope needs Node.js 22.17 or newer; this is ${process.versions.node}.\n`);
  process.exit(1);
}

// Type stripping is experimental in Node and says so on the screen, in the middle of a session.
const show = process.listeners('warning');
process.removeAllListeners('warning');
process.on('warning', warning => {
  if (warning.name !== 'ExperimentalWarning') for (const listener of show) listener(warning);
});

// Typed code that calls it leaves as `exit()` does.
const exit = process.exit.bind(process);

// Nothing is imported before that check: an older Node could not even load what follows.
const { enableCompileCache } = await import('node:module');
enableCompileCache();
const { start } = await import('./cli/start.ts');
const { flush, takeStreamErrors } = await import('./cli/flush.ts');
takeStreamErrors();
const code = await start(process.argv.slice(2));
// A pipe takes 64 KiB at a time: what its reader has not taken yet would be cut off.
const lost = await flush();
// A reader that has left has what it wanted; a disk that is full has lost something.
const isLost = code === 0 && lost !== undefined && lost.code !== 'EPIPE';
if (isLost) process.stderr.write(`Standard output takes nothing more: ${lost.message}\n`);
exit(isLost ? 1 : code);
