import type { Transcript } from '../transcript.ts';
import { type Token, tokenize } from './pattern.ts';

/** The regular expressions that the front matter names, without their slashes. */
export type Redactions = NonNullable<Transcript['redact']>;

/** Writes the wildcards of the front matter out: `<token>` as `<re:/[0-9a-f]{32}/>`, so that only the file knows their names. */
export function expandRedactions(line: string, redactions: Redactions): string {
  return mapTokens(line, token => {
    const type = token.kind === 'wildcard' ? token.type : token.kind === 'name' ? token.name : '';
    if (!Object.hasOwn(redactions, type)) return token.source;
    const name = token.kind === 'wildcard' && token.name !== undefined ? `${token.name}:` : '';
    return `<${name}re:/${redactions[type]}/>`;
  });
}

/** The inverse of {@link expandRedactions}. A printed text that looks like one of the names gets a backslash. */
export function contractRedactions(line: string, redactions: Redactions): string {
  return mapTokens(line, token => {
    if (token.kind === 'name' && Object.hasOwn(redactions, token.name)) return `\\${token.source}`;
    if (token.kind !== 'wildcard') return token.source;
    const redaction = Object.keys(redactions).find(name => token.type === `/${redactions[name]}/`);
    if (redaction === undefined) return token.source;
    return `<${token.name === undefined ? '' : `${token.name}:`}${redaction}>`;
  });
}

function mapTokens(line: string, write: (token: Token) => string): string {
  return tokenize(line).map(write).join('');
}
