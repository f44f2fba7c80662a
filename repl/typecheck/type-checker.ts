import { Worker } from 'node:worker_threads';
import { MikroscopeError } from '../../src/index.ts';
import type { CompletionContext } from '../complete/context.ts';
import { ownFile } from '../own-package.ts';
import { declareEntities } from './declare/entities.ts';
import { declareVariables } from './declare/variables.ts';
import type { Question, Verdict } from './question.ts';

let worker: Worker | undefined;
let last: Promise<unknown> = Promise.resolve();

/** Loads the compiler in a thread of its own, which takes a second; keys and statements do not wait for it. */
export function loadCompiler(): Worker {
  if (worker) return worker;
  worker = new Worker(ownFile('repl/typecheck/compiler-thread.ts'));
  worker.unref();
  worker.on('exit', () => (worker = undefined));
  return worker;
}

/**
 * Asks TypeScript's compiler about a text, with the names of the prompt. Nothing of the text runs.
 *
 * @throws MikroscopeError `InvalidState` if the compiler does not load
 */
export async function askCompiler(
  kind: Question['kind'],
  text: string,
  context: CompletionContext,
): Promise<Verdict> {
  const question: Question = {
    kind,
    text,
    entities: declareEntities(context.session),
    variables: declareVariables(text, context),
  };
  const answer = last.then(
    () => post(loadCompiler(), question),
    () => post(loadCompiler(), question),
  );
  last = answer;
  return answer;
}

async function post(to: Worker, question: Question): Promise<Verdict> {
  const { promise, resolve, reject } = Promise.withResolvers<Verdict>();
  const fail = (error: unknown) =>
    reject(
      new MikroscopeError(
        'InvalidState',
        `TypeScript's compiler does not answer: ${String(error)}`,
        '.check off runs lines without it.',
        { cause: error },
      ),
    );
  const take = (answer: unknown) => (answer instanceof Error ? fail(answer) : resolve(answer as Verdict));
  const end = () => fail(new Error('its thread has ended'));
  to.ref();
  to.once('message', take).once('error', fail).once('exit', end);
  try {
    to.postMessage(question);
    return await promise;
  } finally {
    to.off('message', take).off('error', fail).off('exit', end);
    to.unref();
  }
}
