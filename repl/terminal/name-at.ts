/** The name at a place, with those before its dots; of what ends in a dot, what is before that. */
export function nameAt(text: string, cursor: number): string {
  const end = /^[\w$]*/.exec(text.slice(cursor))?.[0].length ?? 0;
  return (
    /[\p{ID_Start}$_][\p{ID_Continue}$.]*(?<!\.)(?=\.?\(?$)/u.exec(text.slice(0, cursor + end))?.[0] ?? ''
  );
}
