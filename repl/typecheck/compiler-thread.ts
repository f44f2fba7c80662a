import { enableCompileCache } from 'node:module';
import { parentPort } from 'node:worker_threads';
import type { Question } from './question.ts';

enableCompileCache();
const { Compiler } = await import('./compile/compiler.ts');
const compiler = new Compiler();
// The first answer takes longest, and is over before somebody asks.
compiler.answer({ kind: 'type', text: '[1].map(n => n)', entities: '', variables: new Map() });

parentPort?.on('message', (question: Question) => {
  try {
    parentPort?.postMessage(compiler.answer(question));
  } catch (error) {
    parentPort?.postMessage(error);
  }
});
