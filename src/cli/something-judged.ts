import { AppError } from '../errors.ts';
import type { ReportRule } from '../reporters/report.ts';

/** A run that judges nothing proves nothing (design §8): it is an error, unless somebody says that it may. */
interface Allowing {
  readonly allowEmpty: 'allow-empty' | 'not-empty';
}

/** That there is something to judge, be it rules or accounts. */
export function assertSomething(count: number, message: string, { allowEmpty }: Allowing): void {
  if (count > 0 || allowEmpty === 'allow-empty') return;
  throw new AppError('usage', `${message}, so nothing can be concluded`, {
    hint: 'Check --only, --skip, --severity and the paths, or pass --allow-empty.',
  });
}

const shownMost = 10;

/** That some rule judged: one that is skipped everywhere, or waits for a parameter, does no more than one left out. */
export function assertJudging(rules: readonly ReportRule[], { allowEmpty }: Allowing): void {
  if (rules.length === 0 || rules.some(judges) || allowEmpty === 'allow-empty') return;
  const left = rules.length - shownMost;
  throw new AppError('usage', 'no rule judged anything, so nothing can be concluded', {
    details: [
      ...rules.slice(0, shownMost).map(({ id, unset }) => `  ${id} ${unset ? whatItNeeds(unset) : 'is skipped'}`),
      ...(left > 0 ? [`  and ${left} more`] : []),
    ],
    hint: 'Set their parameters, check the overrides, or pass --allow-empty.',
  });
}

const judges = ({ unset, variants }: ReportRule): boolean =>
  variants ? variants.some((way) => !(way.skipped || way.unset)) : !unset;

const whatItNeeds = (unset: readonly string[]): string => `needs the parameter ${unset.join(' and ')}`;
