import type { FrameworkResult, RequirementResult } from '../../evaluation/framework.ts';
import { frameworkCounts, remarksOn, requirementWord } from '../framework-words.ts';
import { htmlText, table } from './markup.ts';
import { addressOf } from './page/address.ts';
import { atFirst } from './page/filters.ts';

/** A scorecard for each framework: how much of it is met, then each requirement with what keeps it from being met. */
export function* frameworkSection(frameworks: readonly FrameworkResult[]): Generator<string> {
  if (frameworks.length === 0) return;
  yield '<section id="frameworks" aria-labelledby="frameworks-title">\n<h2 id="frameworks-title">Frameworks</h2>\n';
  for (const framework of frameworks) yield* scorecard(framework);
  yield '</section>\n';
}

function* scorecard(framework: FrameworkResult): Generator<string> {
  const { name, title, about, summary, requirements } = framework;
  const judged = requirements.length - summary.manual - summary['not-applicable'];
  yield `<details class="card"><summary class="card-summary"><span class="card-title">${htmlText(title)}</span> `;
  yield `<span class="score">${summary.pass} of ${judged} met</span>${bar(framework)}</summary>\n`;
  yield `<p>${htmlText(frameworkCounts(framework))}.</p>\n<p class="quiet">${htmlText(about)}</p>\n`;
  yield* table(
    { caption: `Requirements of ${name}`, columns: ['Requirement', 'Status', 'What it asks for', 'Why'] },
    requirements.map(requirementRow),
  );
  yield '</details>\n';
}

function requirementRow(requirement: RequirementResult): readonly string[] {
  const { id, title, status, rules } = requirement;
  const badge = `<span class="badge s-${status}">${requirementWord(requirement)}</span>`;
  return [
    htmlText(id),
    badge,
    htmlText(title),
    remarksOn(requirement)
      .map((text) => remark(text, rules))
      .join('<br>'),
  ];
}

/** A remark that begins with a rule leads to the findings of that rule. */
function remark(text: string, rules: RequirementResult['rules']): string {
  const named = rules.find(({ rule }) => text.startsWith(`${rule}: `))?.rule;
  if (named === undefined) return htmlText(text);
  const address = addressOf({ ...atFirst, text: named });
  return `<a href="#${htmlText(address)}">${htmlText(named)}</a>${htmlText(text.slice(named.length))}`;
}

const parts = ['pass', 'fail', 'unknown', 'manual', 'not-applicable'] as const;

/** The same counts as a picture. */
function bar({ summary, requirements }: FrameworkResult): string {
  let at = 0;
  const rects = parts.map((part) => {
    const width = (100 * summary[part]) / Math.max(1, requirements.length);
    const rect = `<rect class="s-${part}" x="${at.toFixed(2)}" width="${width.toFixed(2)}" height="6"/>`;
    at += width;
    return width === 0 ? '' : rect;
  });
  return `<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">${rects.join('')}</svg>`;
}
