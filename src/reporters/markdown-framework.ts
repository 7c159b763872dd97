import type { FrameworkResult, RequirementResult } from '../evaluation/framework.ts';
import { frameworkCounts, reasonsOf, requirementWord } from './framework-words.ts';
import type { Block } from './markdown-blocks.ts';
import { maxCell, statusMarks } from './markdown-finding.ts';
import { inlineCode, markdownText } from './markdown-text.ts';
import { cut } from './visible-text.ts';

/** A table for each framework: a row a requirement, with what keeps it from being met. */
export function* frameworkBlocks(frameworks: readonly FrameworkResult[]): Generator<Block> {
  for (const framework of frameworks) {
    const { name, title, about, requirements } = framework;
    const heading = `\n### ${markdownText(cut(title, maxCell))} (${inlineCode(cut(name, maxCell))})\n`;
    const said = `\n${markdownText(frameworkCounts(framework))}\n\n${markdownText(about)}\n`;
    const columns = ['Requirement', 'Status', 'What it asks for', 'Why'];
    const table = `\n| ${columns.join(' | ')} |\n|${'---|'.repeat(columns.length)}\n`;
    yield { text: `${heading}${said}${table}`, items: 0 };
    for (const requirement of requirements) yield { text: requirementRow(requirement), items: 1 };
  }
}

function requirementRow(requirement: RequirementResult): string {
  const { id, title, status, note } = requirement;
  const mark = status === 'manual' ? '' : `${statusMarks[status].split(' ')[0]} `;
  const why = [...reasonsOf(requirement), ...(note === undefined ? [] : [note])].join('. ');
  const cells = [
    inlineCode(cut(id, maxCell)),
    `${mark}${requirementWord(requirement)}`,
    markdownText(cut(title, maxCell)),
    markdownText(cut(why, maxCell)),
  ];
  return `| ${cells.join(' | ')} |\n`;
}

/** How many requirements the tables have. */
export const requirementsIn = (frameworks: readonly FrameworkResult[]): number =>
  frameworks.reduce((sum, { requirements }) => sum + requirements.length, 0);
