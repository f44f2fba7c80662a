import { stepsOf } from '../transcript.ts';
import { countSteps, exitCodeOf } from './file-result.ts';
import type { Reporter } from './reporter.ts';

/** Prints the whole run as one JSON document. */
export const json: Reporter = {
  showsProgress: false,
  runEnded: (results, milliseconds) =>
    JSON.stringify(
      {
        exitCode: exitCodeOf(results),
        milliseconds,
        steps: countSteps(results),
        files: results.map(({ transcript, outcomes, differences, update }) => ({
          path: transcript.path,
          title: transcript.title,
          problems: transcript.problems,
          databases: outcomes.map(({ database, error, steps }) => ({
            database,
            error,
            steps: stepsOf(transcript).flatMap(({ step, block }, index) => {
              const outcome = steps[index];
              return outcome
                ? [
                    {
                      ...outcome,
                      typed: step.typed,
                      headings: block.headings,
                      id: block.id,
                      skip: block.skip,
                    },
                  ]
                : [];
            }),
          })),
          differences: differences.map(({ line, outcomes: differing }) => ({
            line,
            outputs: Object.fromEntries(differing.map(({ database, actual }) => [database, actual?.output])),
          })),
          ...(update && { refused: update.refused }),
        })),
      },
      undefined,
      2,
    ),
};
