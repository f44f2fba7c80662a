/**
 * Keeps what listens to the process now, which the program needs to go on: to signals, to errors that nothing catches.
 * `process.removeAllListeners()` then removes only what was added since.
 *
 * @returns what ends that
 */
export function keepListeners(): () => void {
  const kept = new Set(process.eventNames().flatMap(event => process.rawListeners(event)));
  const before = Object.getOwnPropertyDescriptor(process, 'removeAllListeners');
  const removeAllOf = process.removeAllListeners.bind(process);
  process.removeAllListeners = (event?: string | symbol): NodeJS.Process => {
    // Node.js's vm takes them away while a line runs, and adds them again.
    if (event === 'SIGINT') return removeAllOf(event);
    for (const each of event === undefined ? process.eventNames() : [event])
      for (const listener of process.rawListeners(each).toReversed())
        if (!kept.has(listener)) process.removeListener(each, listener as () => void);
    return process;
  };
  return () => {
    if (before === undefined) Reflect.deleteProperty(process, 'removeAllListeners');
    else Object.defineProperty(process, 'removeAllListeners', before);
  };
}
