import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ownRoot } from '../own-package.ts';

/** The documents that are for those who change this program. */
const forContributors: readonly string[] = ['architecture'];

/** The names of the topics of help: those of the documents of the package. */
export function topicNames(): string[] {
  return documents()
    .filter(file => file.endsWith('.md'))
    .map(file => basename(file, '.md'))
    .filter(name => !forContributors.includes(name))
    .toSorted();
}

function documents(): string[] {
  try {
    return readdirSync(join(ownRoot, 'docs'));
  } catch {
    return [];
  }
}
