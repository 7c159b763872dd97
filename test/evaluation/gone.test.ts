import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/evaluation/finding.ts';
import { fingerprint } from '../../src/evaluation/fingerprint.ts';
import { goneFrom, type Missing } from '../../src/evaluation/gone.ts';
import { findingOf, trail } from '../reporters/shared-report.ts';

const missing: Missing = { rule: 'trail-is-logging', account: '111122223333', region: 'us-east-1' };
const scope = {
  rules: [{ id: 'trail-is-logging' }],
  accounts: ['111122223333', '444455556666'],
  regions: ['us-east-1', 'eu-west-1'],
};

interface Part extends Partial<Missing> {
  readonly status?: Finding['status'];
  readonly notJudged?: Finding['notJudged'];
}

/** What the run found in place of it, about another resource. */
function found({ rule = missing.rule, status = 'unknown', notJudged, ...place }: Part = {}): Finding {
  const resource = { ...trail, id: 'another', region: missing.region, ...place };
  return { ...findingOf({ rule, status, resource }), ...(notJudged && { notJudged }) };
}

/** `there may be others`, as an evaluation says it of a listing that nobody could read. */
function unlisted(part: Part = {}): Finding {
  const finding = found(part);
  return { ...finding, fingerprint: fingerprint(finding.rule, finding.resource, 'unlisted') };
}

const skipped: Part = { status: 'not-applicable', notJudged: 'skipped' };
const unset: Part = { status: 'not-applicable', notJudged: 'unset' };

describe('what is not found any more is gone', () => {
  test.each<[string, readonly Finding[]]>([
    ['its rule found nothing else', []],
    ['something else passes', [found({ status: 'pass' })]],
    ['something else is unknown, which was listed', [found()]],
    ['another rule could not list', [unlisted({ rule: 'another' })]],
    ['another account could not be listed', [unlisted({ account: '444455556666' })]],
    ['another region could not be listed', [unlisted({ region: 'eu-west-1' })]],
    ['an override skips its rule in another account', [found({ ...skipped, account: '444455556666' })]],
    [
      'an override sets the parameter that its rule lacks in another account',
      [found({ ...unset, account: '444455556666' })],
    ],
  ])('when %s', (_, findings) => {
    expect(goneFrom(scope, findings)(missing)).toBe(true);
  });

  test.each<[string, Partial<Missing>]>([
    ['its rule was not run', { rule: 'another' }],
    ['its account was not read', { account: '777788889999' }],
    ['its region was not read', { region: 'ap-east-1' }],
  ])('but not when %s', (_, part) => {
    expect(goneFrom(scope, [])({ ...missing, ...part })).toBe(false);
  });

  test.each<[string, readonly Finding[]]>([
    ['its region could not be listed', [unlisted()]],
    ['its account could not be listed', [unlisted({ region: 'global' })]],
    ['its rule crashed, or nobody knows of which region something is', [found({ region: 'global' })]],
    ['an override skips its rule there', [found(skipped)]],
    ['an override skips its rule elsewhere in its account', [found({ ...skipped, region: 'eu-west-1' })]],
    ['its rule lacks a parameter there', [found(unset)]],
    ['the last of several is open', [found({ status: 'pass' }), unlisted({ region: 'eu-west-1' }), unlisted()]],
  ])('nor when %s', (_, findings) => {
    expect(goneFrom(scope, findings)(missing)).toBe(false);
  });

  test('and what was said of the whole account only when nothing is open anywhere in it', () => {
    const whole = { ...missing, region: 'global' };
    expect(goneFrom(scope, [found(), unlisted({ account: '444455556666' })])(whole)).toBe(true);
    for (const open of [unlisted({ region: 'eu-west-1' }), found({ ...skipped, region: 'eu-west-1' })])
      expect(goneFrom(scope, [open])(whole)).toBe(false);
  });
});
