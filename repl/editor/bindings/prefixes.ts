/** Whether a key does nothing by itself: the one after it counts. */
export function isPrefix(key: string): boolean {
  return key === 'C-x' || key === 'escape';
}

/** A key with the one that was pressed before it; Escape is Meta. */
export function withPrefix(prefix: string, key: string): string {
  if (prefix === '') return key;
  if (prefix !== 'escape' || key.includes('M-')) return `${prefix} ${key}`;
  return key.startsWith('C-') ? `C-M-${key.slice(2)}` : `M-${key}`;
}
