import { expect, it } from '@jest/globals';
import { findDifferences } from '../../../repl/transcript/compare/find-differences.ts';
import type { FileOutcome } from '../../../repl/transcript/outcome.ts';
import { parseTranscript } from '../../../repl/transcript/parse/parse-transcript.ts';
import type { DatabaseName } from '../../../repl/transcript/transcript.ts';
import { updateTranscript } from '../../../repl/transcript/update/update-transcript.ts';

const transcript = parseTranscript('a.md', "```repl\n> id\n'<id:uuid>'\n> x\n```\n");

function outcome(database: DatabaseName, id: string, text: string): FileOutcome {
  const output = [`Product { id: '${id}', name: '${text}' }`];
  const actual = { output, sql: [], queries: 0 };
  const failures = [{ kind: 'output', expected: [], actual: output }] as const;
  const step = {
    database,
    line: 4,
    status: 'failed',
    failures,
    actual,
    bindings: { id },
    milliseconds: 1,
  } as const;
  const bound = { ...step, line: 2, status: 'passed', failures: [] } as const;
  return { database, steps: [bound, step], milliseconds: 1 };
}

const ids = ['b8f6197f-c7bd-4da6-a6a8-296f38d4551e', '22dc09c8-aa1a-4f67-b09f-cbe0ee57ff43'] as const;

it('takes what has a name for the same', () => {
  const outcomes = [outcome('sqlite', ids[0], 'Hammer'), outcome('postgresql', ids[1], 'Hammer')];
  expect(findDifferences(transcript, outcomes)).toEqual([]);
  expect(updateTranscript(transcript, outcomes).text).toBe(
    "```repl\n> id\n'<id:uuid>'\n> x\nProduct { id: '<id>', name: 'Hammer' }\n```\n",
  );
});

it('finds what is not', () => {
  const outcomes = [outcome('sqlite', ids[0], 'Hammer'), outcome('postgresql', ids[1], 'Saw')];
  expect(findDifferences(transcript, outcomes)).toMatchObject([{ line: 4 }]);
  expect(updateTranscript(transcript, outcomes).refused).toMatchObject([{ line: 4 }]);
});
