import { transcripts } from 'mikroscope/vitest';

transcripts('*.repl.md');
