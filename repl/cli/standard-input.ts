/** Yields standard input as it arrives, in pieces of whole lines. */
export async function* standardInput(): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of process.stdin.setEncoding('utf8') as AsyncIterable<string>) {
    const whole = (rest + chunk).lastIndexOf('\n') + 1;
    const text = rest + chunk;
    rest = text.slice(whole);
    if (whole > 0) yield text.slice(0, whole);
  }
  if (rest) yield rest;
}
