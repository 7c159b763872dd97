import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Members } from '../../src/collectors/call.ts';
import { conformanceFolder, conformanceIsThere } from './conformance-folder.ts';

/** A call that a test of a rule for AWS Config answers, with no more in its answer than the rule looks at. */
export interface ConfigRuleCall {
  readonly service: string;
  readonly operation: string;
  readonly region: string | null;
  readonly params?: Members;
  readonly response: Members;
}

/** One test of a published rule for AWS Config. */
export interface ConfigRuleCase {
  /** `KMS_KEYS_TO_NOT_DELETE/test_scenario_3_no_param` */
  readonly name: string;
  /** `KMS_KEYS_TO_NOT_DELETE` */
  readonly control: string;
  /** A status of ours, or `error`: the rule refused its parameters. */
  readonly expected: string;
  readonly account: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly calls: readonly ConfigRuleCall[];
  /** Those who published the case say that what is expected is no verdict. */
  readonly isDebatable: boolean;
}

interface Line {
  readonly case: string;
  readonly control: string;
  readonly expected: string;
  readonly debatable?: true;
  readonly input: {
    readonly account: string;
    readonly parameters: Readonly<Record<string, string>> | null;
    readonly calls: readonly ConfigRuleCall[];
  };
}

/** The cases in the folder; none where there is no folder. */
export function configRuleCases(): readonly ConfigRuleCase[] {
  if (!conformanceIsThere) return [];
  const lines = readFileSync(join(conformanceFolder, 'aws-config-rules.jsonl'), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map(caseOf);
}

function caseOf(line: string): ConfigRuleCase {
  // The folder's own README says what a line is.
  const { case: name, control, expected, debatable = false, input } = JSON.parse(line) as Line;
  return {
    name,
    control: control.replace('config-rule:', ''),
    expected,
    account: input.account,
    parameters: input.parameters ?? {},
    calls: input.calls,
    isDebatable: debatable,
  };
}
