import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** The browser of this machine, if it has one. */
export const browserPath = ['chromium', 'chromium-browser', 'google-chrome'].find(name => {
  try {
    execFileSync('which', [name], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
});

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly error?: unknown;
}

/** A page of a browser without a window, which is spoken to in the Chrome DevTools protocol. */
export interface BrowserPage {
  readonly send: (method: string, params?: object) => Promise<Record<string, unknown>>;
  /** The value of an expression in the page, whatever the page forbids its own scripts. */
  readonly evaluate: (expression: string) => Promise<unknown>;
  /** Opens a URL, and waits until it is there. */
  readonly open: (url: string) => Promise<void>;
  /** What was requested since the start. */
  readonly requests: readonly string[];
  readonly close: () => Promise<void>;
}

export async function openBrowser(): Promise<BrowserPage> {
  const profile = mkdtempSync(join(tmpdir(), 'mikroscope-browser-'));
  const child = spawn(
    browserPath ?? '',
    [
      '--headless',
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-gpu',
      '--remote-debugging-pipe',
      `--user-data-dir=${profile}`,
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  );
  const exited = new Promise<void>(done => void child.once('exit', () => done()));
  const [, , , input, output] = child.stdio as unknown as [null, null, null, Writable, Readable];
  const answers = new Map<number, (message: Message) => void>();
  const waiting = new Map<string, () => void>();
  const requests: string[] = [];
  let read = '';
  output.setEncoding('utf8').on('data', (text: string) => {
    const messages = `${read}${text}`.split('\0');
    read = messages.pop() ?? '';
    for (const one of messages) take(JSON.parse(one) as Message);
  });
  function take(message: Message): void {
    if (message.id !== undefined) answers.get(message.id)?.(message);
    const { request } = (message.params ?? {}) as { request?: { url: string } };
    if (message.method === 'Network.requestWillBeSent' && request) requests.push(request.url);
    if (message.method !== undefined) waiting.get(message.method)?.();
  }
  let last = 0;
  let sessionId: string | undefined;
  async function send(method: string, params: object = {}): Promise<Record<string, unknown>> {
    const id = ++last;
    const answered = new Promise<Message>(done => void answers.set(id, done));
    input.write(`${JSON.stringify({ id, method, params, ...(sessionId !== undefined && { sessionId }) })}\0`);
    const { result = {}, error } = await answered;
    if (error !== undefined) throw new Error(`${method}: ${JSON.stringify(error)}`);
    return result;
  }
  const { targetInfos } = (await send('Target.getTargets')) as {
    targetInfos: readonly { readonly targetId: string; readonly type: string }[];
  };
  const target = targetInfos.find(({ type }) => type === 'page');
  const attached = await send('Target.attachToTarget', { targetId: target?.targetId, flatten: true });
  sessionId = String(attached['sessionId']);
  await send('Page.enable');
  await send('Network.enable');
  return {
    send,
    requests,
    async evaluate(expression) {
      const { result } = (await send('Runtime.evaluate', { expression, returnByValue: true })) as {
        result: { value?: unknown };
      };
      return result.value;
    },
    async open(url) {
      const loaded = new Promise<void>(done => void waiting.set('Page.loadEventFired', done));
      await send('Page.navigate', { url });
      await loaded;
    },
    async close() {
      child.kill('SIGKILL');
      await exited;
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
