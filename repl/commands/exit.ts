/** What `exit()` returns: the person wants to leave. */
export const exit = Symbol('exit');
