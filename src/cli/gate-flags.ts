import { boolean, integer, option, string } from '@oclif/core/flags';
import type { InferredFlags } from '@oclif/core/interfaces';
import { severities } from '../rules/rule.ts';
import { list } from './repeatable.ts';

/** What decides the exit code. */
export const gateFlags = {
  'fail-on': option({ options: [...severities, 'never'] as const })({
    helpGroup: 'EXIT CODE',
    description: 'Failures of this severity and worse give exit code 1. Default: info, so every failure does.',
  }),
  unknown: option({ options: ['fail', 'warn', 'ignore'] as const })({
    helpGroup: 'EXIT CODE',
    description: 'What is unknown gives exit code 3 (fail, the default), a warning, or nothing.',
  }),
  'fail-on-framework': string({
    ...list,
    helpGroup: 'EXIT CODE',
    helpValue: 'PACK',
    description:
      'A requirement of this framework that fails gives exit code 1, one that is unknown 3 (repeatable). Implies --framework.',
  }),
  'max-age': integer({
    helpGroup: 'EXIT CODE',
    helpValue: 'DAYS',
    min: 0,
    description: 'Failures that have been in the baseline for longer count again.',
  }),
  strict: boolean({
    helpGroup: 'EXIT CODE',
    description: 'Waivers and baseline entries that have expired or have no effect give exit code 4.',
  }),
  'explain-gate': boolean({
    helpGroup: 'EXIT CODE',
    description: 'Say on standard error what decided the exit code, and what would change it.',
  }),
};

/** What was known to fail beforehand. */
export const baselineFlag = {
  baseline: string({
    helpGroup: 'RUN',
    helpValue: 'FILE',
    description: "Failures in this file do not count. Default: the config's baseline.",
  }),
};

export type BaselineFlag = InferredFlags<typeof baselineFlag>;

/** Whether any flag says what decides the exit code, or asks. */
export const saysGate = (flags: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(gateFlags).some((name) => flags[name] !== undefined && flags[name] !== false);
