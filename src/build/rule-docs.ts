import { conditionText, parameterTerms } from '../cli/rule-page.ts';
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

/** What one might look for among the rules and not find: what is configured does not decide it. */
const leftOut: readonly Row[] = [
  ['log-group-no-secrets', 'Whether a secret stands in a log group only its events tell, and Trailproof reads none.'],
  [
    'threat-detection-enumeration',
    'That somebody tries many listing calls is said by the events of the day. Whether anybody watches them is asked by guardduty-enabled and trail-insights-enabled.',
  ],
  [
    'threat-detection-privilege-escalation',
    'That somebody tries calls that lead to more rights is said by the events of the day. Whether anybody learns of changes to policies is asked by monitor-iam-policy-changes.',
  ],
  [
    'threat-detection-llm-jacking',
    "That somebody uses models on the account's bill is said by the events of the day. Whether these are recorded is asked by bedrock-data-events-enabled.",
  ],
  [
    'trail-log-integrity-verified',
    'Digests and log files have to be read, which the role of a scan may not: `aws cloudtrail validate-logs` does it. That there is something to verify is asked by trail-log-file-validation-enabled and trail-digest-delivery-healthy.',
  ],
];

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
    ['How to fix it', mending(definition)],
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
  const head = `# Rules\n\nThe ${rules.length} built-in rules by family. For each framework: the requirement that a rule answers, or how many there are where it answers several.`;
  return `${[written, head, ...parts, missing(new Set(rules.map(({ definition }) => definition.id)))].join('\n\n')}\n`;
}

/** The controls without a rule, with the reason, in which rules that there are lead to their pages. */
function missing(ids: ReadonlySet<string>): string {
  const linked = (reason: string) =>
    reason.replaceAll(/[a-z]+(?:-[a-z0-9]+)+/g, (word) => (ids.has(word) ? `[${word}](${word}.md)` : word));
  const rows = leftOut.map(([name = '', reason = '']) => [code(name), linked(reason)]);
  const why =
    'No configuration decides these controls, so there is no rule of their names. No pass is made up for them.';
  return `## Left out\n\n${why}\n\n${table(['control', 'why'], rows)}`;
}

function ruleRow({ id, title, severity, controls = {} }: RuleDefinition, frameworks: readonly string[]): Row {
  const counts = frameworks
    .map((name) => controls[name] ?? [])
    .map((ids) => (ids.length === 1 ? ids[0] : ids.length || ''));
  return [`[${id}](${id}.md)<br>${prose(title)}`, severity, ...counts.map(String)];
}

const parameterRow = ([name, parameter]: readonly [string, Parameter]): Row => [
  code(name),
  parameterTerms(parameter, code),
  prose(parameter.why ?? '').replaceAll('|', '\\|'),
];

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
