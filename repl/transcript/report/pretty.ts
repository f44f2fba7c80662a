import { countSteps, couldNotRun, type FileResult } from './file-result.ts';
import { reportFile } from './report-file.ts';
import type { Reporter } from './reporter.ts';

/** Prints what failed, file by file, and a summary, for people. */
export const pretty: Reporter = {
  showsProgress: true,
  fileEnded(result, style) {
    const report = reportFile(result, style);
    return report === '' ? undefined : `${report}\n`;
  },
  runEnded: summarize,
};

/** `12 steps in 3 files: 11 passed, 1 failed (1.2 s)` */
function summarize(results: readonly FileResult[], milliseconds: number): string {
  const counts = countSteps(results);
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const differences = results.reduce((sum, result) => sum + result.differences.length, 0);
  const broken = results.filter(couldNotRun).length;
  const parts = [
    ...Object.entries(counts).flatMap(([status, count]) => (count > 0 ? [`${count} ${status}`] : [])),
    ...(differences > 0 ? [`${differences} different between databases`] : []),
    ...(broken > 0 ? [`${plural(broken, 'file')} could not run`] : []),
  ];
  return `${plural(total, 'step')} in ${plural(results.length, 'file')}: ${parts.join(', ') || 'nothing to run'} (${(milliseconds / 1000).toFixed(1)} s)`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
