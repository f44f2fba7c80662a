import { fstatSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { MikroscopeError } from '../../src/index.ts';

/**
 * Yields standard input as it arrives, in pieces of whole lines.
 *
 * @throws MikroscopeError `BadArgument` where it is not UTF-8, or a folder, which Node.js takes for the end
 */
export async function* standardInput(): AsyncGenerator<string> {
  if (fstatSync(0).isDirectory())
    throw new MikroscopeError(
      'BadArgument',
      'Standard input is a folder',
      'Give it a file: mikroscope < FILE.',
    );
  const decode = decoder('Standard input');
  let rest = '';
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    const text = rest + decode(chunk);
    const whole = text.lastIndexOf('\n') + 1;
    rest = text.slice(whole);
    if (whole > 0) yield text.slice(0, whole);
  }
  rest += decode();
  if (rest) yield rest;
}

/**
 * @param path as the user named it
 * @throws MikroscopeError `NotFound` if the file cannot be read, `BadArgument` if it is not UTF-8
 */
export async function readScriptFile(path: string, file = path): Promise<string> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? 'there is no such file' : error.message;
    throw new MikroscopeError('NotFound', `Cannot read ${path}: ${reason}`, '', { cause: error });
  });
  const decode = decoder(path);
  return decode(bytes) + decode();
}

/** @returns a function that decodes the next bytes, and without any those at the end. Read as another encoding, a text would not be what was written. */
function decoder(name: string): (bytes?: Uint8Array) => string {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  return bytes => {
    try {
      return utf8.decode(bytes, { stream: bytes !== undefined });
    } catch (error) {
      throw new MikroscopeError('BadArgument', `${name} is not text in UTF-8`, 'Save it in that encoding.', {
        cause: error,
      });
    }
  };
}
