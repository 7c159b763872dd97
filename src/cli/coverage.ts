import type { CoverageFlag } from './flags.ts';
import type { JudgeOptions } from './judge.ts';
import type { Needs } from './overrides.ts';
import type { Outputs } from './publish.ts';

type Flags = Pick<CoverageFlag, 'coverage'>;

/** Whether the report says what becomes of events: a flag asks for it, or a format that shows it. */
const isAsked = ({ coverage }: Flags, { stdout, files }: Outputs): boolean =>
  coverage || stdout === 'html' || files.some(({ format }) => format === 'html');

/** What a run has to read: what its rules need, and where the report has a coverage what a proof needs. */
export async function needsOf(needs: readonly Needs[], flags: Flags, outputs: Outputs): Promise<readonly Needs[]> {
  if (!isAsked(flags, outputs)) return needs;
  const { proofNeeds } = await import('./proof.ts');
  return [...needs, proofNeeds()];
}

/** Whether a run works out the coverage, as it is told; an object to spread. */
export async function coverageAsked(flags: Flags, outputs: Outputs): Promise<Pick<JudgeOptions, 'coverage'>> {
  if (!isAsked(flags, outputs)) return {};
  const { daysToKeep } = await import('./proof.ts');
  return { coverage: { days: daysToKeep } };
}
