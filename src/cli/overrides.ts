import { AppError } from '../errors.ts';
import type { Override, OverrideMatch, Overrides } from '../evaluation/overrides.ts';
import type { Registry } from '../resource-types/resource-type.ts';
import { compileRule, type Rule } from '../rules/compile.ts';
import type { Parameters, Severity } from '../rules/rule.ts';
import { namesRule, type Selectable } from '../rules/select.ts';
import { wordsIn } from '../rules/vocabulary.ts';
import { remember } from '../snapshot/remember.ts';
import { mergeParameters } from './parameters.ts';

/** What a config says under `overrides`: something else for some accounts and regions. */
export interface OverrideConfig {
  readonly name?: string;
  readonly match: OverrideMatch;
  readonly parameters?: Parameters;
  readonly severities?: Readonly<Record<string, Severity>>;
  /** Words, as for `--skip`. */
  readonly skip?: readonly string[];
}

/** How the overrides of a config are called, where they have no name: as they are counted in it. */
const overrideName = ({ name }: Pick<OverrideConfig, 'name'>, index: number): string => name ?? `overrides[${index}]`;

/** What a rule needs to be asked and read. */
export type Needs = Pick<Rule, 'operations' | 'reads'>;

interface CompiledOverrides extends Overrides {
  /** To tell where they hold. */
  readonly needs: readonly Needs[];
}

export interface OverrideOptions {
  readonly registry: Registry;
  readonly criticalTags: boolean;
  /** The rules of the run, and the parameters that they have outside of all overrides. */
  readonly rules: readonly Selectable[];
  readonly parameters: Parameters;
}

/**
 * Compiles overrides, each rule once for each set of them that holds somewhere together; undefined: there are none.
 *
 * @throws AppError `config` for parameters that make a rule one that cannot be.
 */
export function compileOverrides(
  configs: readonly OverrideConfig[],
  { registry, criticalTags, rules, parameters }: OverrideOptions,
): CompiledOverrides | undefined {
  if (configs.length === 0) return undefined;
  const words = wordsIn(registry);
  const written = new Map<Override, OverrideConfig>();
  const list = configs.map((config, index) => {
    const override = overrideOf(config, overrideName(config, index), rules);
    written.set(override, config);
    return override;
  });
  const compiled = new Map<string, Rule>();
  const variant = (rule: Rule, by: readonly Override[]): Rule => {
    const { id } = rule.definition;
    const sets = by.map((override) => written.get(override)?.parameters ?? {}).filter((set) => Object.hasOwn(set, id));
    const values = [parameters, ...sets].reduce(mergeParameters)[id];
    const severity = by.findLast(({ severities }) => Object.hasOwn(severities, id))?.severities[id];
    const definition = severity === undefined ? rule.definition : { ...rule.definition, severity };
    if (sets.length === 0) return { ...rule, definition };
    return remember(compiled, JSON.stringify([id, severity, values]), () => {
      const options = { registry, criticalTags, words, ...(values && { parameters: values }) };
      const { rule: made, problems } = compileRule(definition, options);
      if (problems.length === 0) return made;
      throw new AppError('config', `${by.map(({ name }) => name).join(' and ')} cannot change ${id} so`, {
        details: problems.map(({ message }) => `${id}: ${message}`),
      });
    });
  };
  return { list, variant, needs: organizationNeeds(configs) };
}

/** What overrides need beside the rules themselves: to tell where they hold, and what each makes of a rule. */
export function needsOf({ list, variant, needs }: CompiledOverrides, rules: readonly Rule[]): readonly Needs[] {
  const changed = list.flatMap((override) =>
    rules.filter(({ definition }) => override.rules.has(definition.id)).map((rule) => variant(rule, [override])),
  );
  return [...needs, ...changed];
}

function overrideOf(config: OverrideConfig, name: string, rules: readonly Selectable[]): Override {
  const { match, parameters = {}, severities = {}, skip = [] } = config;
  const skipped = rules.filter((rule) => skip.some((word) => namesRule(word, rule)));
  const skips = new Set(skipped.map(({ definition }) => definition.id));
  return {
    name,
    match,
    severities,
    skips,
    rules: new Set([...Object.keys(parameters), ...Object.keys(severities), ...skips]),
  };
}

/** Units and tags of accounts are what AWS Organizations says. */
function organizationNeeds(configs: readonly OverrideConfig[]): readonly Needs[] {
  const keys = configs.flatMap(({ match }) => Object.keys(match.tags ?? {}));
  const asks = (operations: readonly string[], reads: readonly string[]): Needs => ({
    operations: new Map(operations.map((operation) => [`organizations:${operation}`, 'all'])),
    reads: new Set(reads.map((property) => `AWS::Organizations::${property}`)),
  });
  const listing = asks(['DescribeOrganization', 'ListAccounts'], ['Organization.MasterAccountId', 'Account.Paths']);
  const tagging = asks(
    ['ListTagsForResource'],
    keys.map((key) => `Account.tags.${key}`),
  );
  if (keys.length > 0) return [listing, tagging];
  return configs.some(({ match }) => match.ous) ? [listing] : [];
}
