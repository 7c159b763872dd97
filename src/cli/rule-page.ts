import { actions } from '../collectors/plan.ts';
import { controlLines, fixesOf } from '../reporters/describe.ts';
import { visibleLines } from '../reporters/visible-text.ts';
import { wrap } from '../reporters/wrap.ts';
import { compileRule } from '../rules/compile.ts';
import type { Parameter, RuleDefinition } from '../rules/rule.ts';
import { type KnownRule, registry } from './rule-set.ts';

/** Everything about a rule on one page: what it asks and why, what may be set, how to mend it, what a scan reads. */
export async function rulePage({ definition, family, file }: KnownRule): Promise<string> {
  const {
    id,
    title,
    severity,
    resource,
    why,
    passes,
    fails,
    controls = {},
    references = [],
    remediation = {},
  } = definition;
  const { rule } = compileRule(definition, { registry });
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['', [id, title, `${severity}, ${resource}, ${family}${file === undefined ? '' : `, ${file}`}`]],
    ['Why', proseLines(why)],
    ['Passes', proseLines(passes)],
    ['Fails', proseLines(fails)],
    ['Condition', (await conditionText(definition)).trimEnd().split('\n')],
    ['Parameters', Object.entries(definition.parameters ?? {}).flatMap(parameterLines)],
    ['Fix', fixesOf({ ...remediation }).flatMap(({ by, text }) => fixLines(by, text))],
    ['Controls', controlLines(controls).flatMap((line) => wrap(line, indent))],
    ['References', references.flatMap((reference) => [reference.title, `  ${reference.url}`])],
    ['Reads', [...rule.operations.keys()].toSorted()],
    ['IAM actions', actions({ operations: rule.operations }, registry)],
  ];
  const shown = sections.filter(([, lines]) => lines.length > 0);
  return `${shown.map(([heading, lines]) => section(heading, lines)).join('\n\n')}\n`;
}

const indent = 2;

const proseLines = (text: string | undefined): readonly string[] =>
  text === undefined ? [] : wrap(text.trim(), indent);

function section(heading: string, lines: readonly string[]): string {
  const clean = lines.flatMap((line) => visibleLines(line));
  if (heading === '') return clean.join('\n');
  return [heading, ...clean.map((line) => `${' '.repeat(indent)}${line}`)].join('\n');
}

/** When a rule applies and what it requires, in YAML. */
export async function conditionText({ when, whenNone, require }: RuleDefinition): Promise<string> {
  const { stringify } = await import('yaml');
  return stringify({ ...(when && { when }), ...(whenNone && { whenNone }), require }, { lineWidth: 0 });
}

/** What a parameter may be: its type, what it is until somebody sets it, its bounds. `shown`: how a value is written. */
export function parameterTerms(
  { type, default: preset, minimum, maximum, values }: Parameter,
  shown = (value: string): string => value,
): string {
  const terms = [
    type,
    preset === undefined
      ? 'no default: the rule does not apply until it is set'
      : `default ${shown(JSON.stringify(preset))}`,
    minimum === undefined ? '' : `at least ${minimum}`,
    maximum === undefined ? '' : `at most ${maximum}`,
    values === undefined ? '' : `one of ${values.map((value) => shown(String(value))).join(', ')}`,
  ];
  return terms.filter((text) => text !== '').join(', ');
}

function parameterLines([name, parameter]: readonly [string, Parameter]): readonly string[] {
  const { sets, why } = parameter;
  const named = sets === undefined ? [] : wrap(`Sets: ${Object.keys(sets).join(', ')}`, indent * 2);
  return [
    `${name}: ${parameterTerms(parameter)}`,
    ...named.map((line) => `  ${line}`),
    ...(why === undefined ? [] : wrap(why, indent * 2).map((line) => `  ${line}`)),
  ];
}

/** Commands and code stay as they are, to be copied. */
const fixLines = (by: string, text: string): readonly string[] =>
  by === 'text'
    ? wrap(text.trim(), indent)
    : [
        `${by}:`,
        ...text
          .trimEnd()
          // A template says a brace twice.
          .replaceAll('{{', '{')
          .split('\n')
          .map((line) => `  ${line}`),
      ];
