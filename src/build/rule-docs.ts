import { conditionText } from '../cli/rule-page.ts';
import { actionOf } from '../resource-types/operations.ts';
import type { Registry } from '../resource-types/resource-type.ts';
import { compileRule } from '../rules/compile.ts';
import { families, type Parameter, type RuleDefinition } from '../rules/rule.ts';
import { code, type Row, table } from './markdown-table.ts';

/** A rule and the family that it stands in. */
export interface FamilyRule {
  readonly family: string;
  readonly definition: RuleDefinition;
}

const written = '<!-- Written by `npm run docs` from rules/; changes by hand are lost. -->';

/** The page of one rule as Markdown: all that an auditor and an engineer want to know of it. */
export async function ruleDoc({ family, definition }: FamilyRule, registry: Registry): Promise<string> {
  const { id, title, severity, resource, why, passes, fails, references = [], controls = {} } = definition;
  const type = `[${resource}](../resource-types.md#${resource.toLowerCase().replaceAll(':', '')})`;
  const sections: readonly (readonly [string, string])[] = [
    [
      '',
      [written, `# ${prose(title)}`, `${code(id)}: ${severity}, family ${family}, judges ${type}.`, prose(why)].join(
        '\n\n',
      ),
    ],
    ['What passes', prose(passes ?? '')],
    ['What fails', prose(fails ?? '')],
    ['Condition', fenced('yaml', await conditionText(definition))],
    ['Parameters', table(['parameter', 'value', 'why'], Object.entries(definition.parameters ?? {}).map(parameterRow))],
    ['How to mend it', mending(definition)],
    [
      'Frameworks',
      table(
        ['framework', 'requirements'],
        Object.entries(controls).map(([name, ids]) => [name, ids.join(', ')]),
      ),
    ],
    ['What a scan reads', readingTable(definition, registry)],
    ['References', references.map((reference) => `- [${reference.title}](${reference.url})`).join('\n')],
  ];
  const shown = sections.filter(([, text]) => text !== '');
  return `${shown.map(([heading, text]) => (heading === '' ? text : `## ${heading}\n\n${text}`)).join('\n\n')}\n`;
}

/** The index of all rules as Markdown: a table for each family, with the requirements of each framework that they answer. */
export function ruleIndex(rules: readonly FamilyRule[]): string {
  const frameworks = [...new Set(rules.flatMap(({ definition }) => Object.keys(definition.controls ?? {})))].toSorted();
  const present = families.filter((family) => rules.some((rule) => rule.family === family));
  const parts = present.map((family) => {
    const rows = rules
      .filter((rule) => rule.family === family)
      .map(({ definition }) => ruleRow(definition, frameworks));
    return `## ${family}\n\n${table(['rule', 'severity', ...frameworks], rows)}`;
  });
  const head = `# Rules\n\nThe ${rules.length} built-in rules by family, and how many requirements of each framework a rule answers.`;
  return `${[written, head, ...parts].join('\n\n')}\n`;
}

function ruleRow({ id, title, severity, controls = {} }: RuleDefinition, frameworks: readonly string[]): Row {
  const counts = frameworks
    .map((name) => controls[name] ?? [])
    .map((ids) => (ids.length === 1 ? ids[0] : ids.length || ''));
  return [`[${id}](${id}.md)<br>${prose(title)}`, severity, ...counts.map(String)];
}

function parameterRow([name, { type, default: preset, minimum, maximum, why }]: readonly [string, Parameter]): Row {
  const bounds = [
    minimum === undefined ? '' : `at least ${minimum}`,
    maximum === undefined ? '' : `at most ${maximum}`,
  ].filter((bound) => bound !== '');
  const value =
    preset === undefined ? 'no default: not applicable until it is set' : `default ${code(JSON.stringify(preset))}`;
  return [code(name), [type, value, ...bounds].join(', '), prose(why ?? '').replaceAll('|', '\\|')];
}

const languages = {
  cli: ['AWS CLI', 'sh'],
  terraform: ['Terraform', 'hcl'],
  cloudformation: ['CloudFormation', 'yaml'],
} as const;

function mending({ remediation = {} }: RuleDefinition): string {
  const blocks = (['cli', 'terraform', 'cloudformation'] as const).flatMap((way) => {
    const [name, language] = languages[way];
    const text = remediation[way];
    return text === undefined ? [] : [`${name}:\n\n${fenced(language, plain(text))}`];
  });
  const texts = [remediation.text === undefined ? [] : prose(plain(remediation.text)), ...blocks].flat();
  const named = texts.some((text) => text.includes('{'));
  const note = named ? ['Names in braces stand for properties of the judged resource; a report fills them in.'] : [];
  return [...texts, ...note].join('\n\n');
}

/** A template says a brace twice. */
const plain = (template: string): string => template.replaceAll('{{', '{');

function readingTable(definition: RuleDefinition, registry: Registry): string {
  const { rule } = compileRule(definition, { registry });
  const rows = [...rule.operations.keys()]
    .toSorted()
    .map((operation) => [code(operation), code(actionOf(operation, registry))]);
  return table(['operation', 'IAM action'], rows);
}

const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;

/** A text of a rule, in which nothing is meant as markup. */
const prose = (text: string): string => text.trim().replaceAll(/[*<`]/g, '\\$&');
