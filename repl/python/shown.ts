import type { Translation } from './translate.ts';

/** Translations as a text. @param isBeside whether each is below its Python */
export function shownAs(translations: readonly Translation[], isBeside: boolean): string {
  return translations
    .flatMap(({ python, notes, typescript, refusal }) => [
      ...(isBeside
        ? python
            .trimEnd()
            .split('\n')
            .map(line => `# ${line}`)
        : []),
      ...notes.map(note => `// ${note}`),
      ...typescript,
      ...(refusal
        ? [`// ${refusal.reason}${refusal.nearest === '' ? '' : `; nearest: ${refusal.nearest}`}`]
        : []),
    ])
    .join('\n');
}
