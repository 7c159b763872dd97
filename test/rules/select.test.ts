import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import type { Severity } from '../../src/rules/rule.ts';
import { type Selection, selectRules } from '../../src/rules/select.ts';
import { ruleWith } from './judging.ts';

const selectable = (id: string, severity: Severity, family?: string, controls = {}) => ({
  definition: ruleWith({ id, severity, controls }),
  ...(family && { family }),
});
const cis = 'cis-aws-foundations-3.0.0';
const rules = [
  selectable('trail-is-logging', 'critical', 'trail', { [cis]: ['3.1'] }),
  selectable('log-bucket-not-public', 'critical', 'log-bucket', { [cis]: ['3.3'] }),
  selectable('log-bucket-versioning-enabled', 'low', 'log-bucket'),
  selectable('trail-has-tags', 'info', 'trail'),
  selectable('of-ours', 'medium'),
];

const select = (selection: Partial<Selection>) =>
  selectRules(rules, { only: [], skip: [], ...selection }).map(({ definition }) => definition.id);

describe('the rules that are meant', () => {
  test.each<[string, Partial<Selection>, readonly string[]]>([
    ['all, if nothing is said', {}, rules.map(({ definition }) => definition.id)],
    ['by id', { only: ['trail-is-logging'] }, ['trail-is-logging']],
    ['by a glob', { only: ['log-bucket-*'] }, ['log-bucket-not-public', 'log-bucket-versioning-enabled']],
    ['by a glob with one character', { only: ['of-our?'] }, ['of-ours']],
    ['by severity', { only: ['critical'] }, ['trail-is-logging', 'log-bucket-not-public']],
    ['by family', { only: ['trail'] }, ['trail-is-logging', 'trail-has-tags']],
    ['by framework', { only: [cis] }, ['trail-is-logging', 'log-bucket-not-public']],
    ['by control', { only: [`${cis}:3.3`] }, ['log-bucket-not-public']],
    ['by several words', { only: ['of-ours', 'trail'] }, ['trail-is-logging', 'trail-has-tags', 'of-ours']],
    ['without some', { skip: ['critical', 'of-*'] }, ['log-bucket-versioning-enabled', 'trail-has-tags']],
    ['skip beats only', { only: ['trail'], skip: ['trail-has-tags'] }, ['trail-is-logging']],
    ['of this severity and worse', { severity: 'medium' }, ['trail-is-logging', 'log-bucket-not-public', 'of-ours']],
    ['of the worst alone', { severity: 'critical' }, ['trail-is-logging', 'log-bucket-not-public']],
    ['of any severity', { severity: 'info' }, rules.map(({ definition }) => definition.id)],
    ['none may be left', { only: ['trail'], skip: ['trail'] }, []],
  ])('%s', (_, selection, ids) => {
    expect(select(selection)).toEqual(ids);
  });
});

describe('a word that means no rule is a mistake', () => {
  test.each([
    ['trail-is-loging', 'Did you mean trail-is-logging?'],
    ['trial', 'Did you mean trail?'],
    ['hihg', 'Did you mean high?'],
    ['cis-aws-foundations-3.0.1', `Did you mean ${cis}?`],
    [`${cis}:9.9`, `Did you mean ${cis}?`],
    [`${cis}:3.3:9.9`, `Did you mean ${cis}?`],
    [`${cis}:`, `Did you mean ${cis}?`],
    ['nothing-like-it-at-all', 'trailproof rules list shows them all.'],
    ['constructor', 'trailproof rules list shows them all.'],
    ['constructor:name', 'trailproof rules list shows them all.'],
  ])('%s', (word, hint) => {
    for (const selection of [{ only: [word] }, { skip: [word] }]) {
      expect(() => select(selection)).toThrow(
        new AppError('usage', `no rule is called ${word}, nor a severity, family or control`, { hint }),
      );
    }
  });
});
