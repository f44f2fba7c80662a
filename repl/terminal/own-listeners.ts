/**
 * Keeps what listens to the process now, which the program needs to go on: to Ctrl-C, to errors that nothing catches. What
 * the user types removes only what was added since, unless it names a listener.
 *
 * @returns what ends that
 */
export function keepListeners(): () => void {
  const kept = new Set(process.eventNames().flatMap(event => process.rawListeners(event)));
  const removeAll = (event?: string | symbol): NodeJS.Process => {
    const events = event === undefined ? process.eventNames() : [event];
    for (const each of events) {
      for (const listener of process.rawListeners(each).toReversed())
        if (!kept.has(listener)) process.removeListener(each, listener as () => void);
    }
    return process;
  };
  const before = Object.getOwnPropertyDescriptor(process, 'removeAllListeners');
  process.removeAllListeners = removeAll;
  return () => {
    if (before === undefined) Reflect.deleteProperty(process, 'removeAllListeners');
    else Object.defineProperty(process, 'removeAllListeners', before);
  };
}
