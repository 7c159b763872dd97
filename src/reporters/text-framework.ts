import type { FrameworkResult, RequirementResult, RequirementStatus } from '../evaluation/framework.ts';
import { frameworkCounts, remarksOn, requirementWord } from './framework-words.ts';
import type { Paint, Style } from './paint.ts';
import { cut, visible } from './visible-text.ts';
import { hang, wrap } from './wrap.ts';

const styles: Readonly<Record<RequirementStatus, Style>> = {
  fail: 'red',
  unknown: 'yellow',
  pass: 'green',
  'not-applicable': 'dim',
  manual: 'dim',
};

/** Each requirement of each framework on a line of its own, with what keeps it from being met. */
export const frameworkLines = (frameworks: readonly FrameworkResult[], paint: Paint): readonly string[] =>
  frameworks.flatMap((framework) => {
    const { name, title, about, requirements } = framework;
    const widest = Math.min(maxIdWidth, Math.max(0, ...requirements.map(({ id }) => visible(id).length)));
    return [
      '',
      ...wrap(visible(`${name}  ${title}`), 0).map((line) => paint('bold', line)),
      ...wrap(visible(about), 0).map((line) => paint('dim', line)),
      '',
      ...requirements.flatMap((requirement) => requirementLines(requirement, widest, paint)),
      '',
      ...wrap(`${frameworkCounts(framework)}.`, 0).map((line) => paint('bold', line)),
    ];
  });

function requirementLines(requirement: RequirementResult, widest: number, paint: Paint): readonly string[] {
  const { id, title, status } = requirement;
  const word = requirementWord(requirement);
  const shown = cut(visible(id), 60);
  const isLong = shown.length > widest;
  const before = `  ${(isLong ? '' : shown).padEnd(widest)}  `;
  const [first = '', ...others] = hang(`${before}${word.padEnd(wordWidth)}  `, visible(title));
  const remarks = remarksOn(requirement).flatMap((remark) => hang(' '.repeat(widest + 4), visible(remark)));
  return [
    ...(isLong ? [`  ${shown}`] : []),
    `${before}${paint(styles[status], word)}${first.slice(before.length + word.length)}`,
    ...others,
    ...remarks.map((line) => paint('dim', line)),
  ];
}

/** What is longer stands on a line of its own: titles need room. */
const maxIdWidth = 24;
const wordWidth = 'pass (partial)'.length;
