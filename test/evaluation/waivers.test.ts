import { describe, expect, test } from 'vitest';
import { type Finding, reasonsNotJudged, type Status, type WaiverState } from '../../src/evaluation/finding.ts';
import type { JudgedScope } from '../../src/evaluation/gone.ts';
import {
  isBroad,
  isIdle,
  type TagsOf,
  type Waiver,
  type WaiverMatch,
  type WaiverTerms,
  waive,
  waiverState,
  waiverUses,
} from '../../src/evaluation/waivers.ts';

const bucket = 'arn:aws:s3:::ci-logs';

interface Part {
  readonly rule?: string;
  readonly status?: Status;
  readonly id?: string;
  readonly account?: string;
  readonly region?: string;
  readonly fingerprint?: string;
}

const finding = (part: Part = {}): Finding => ({
  rule: part.rule ?? 'log-bucket-versioned',
  status: part.status ?? 'fail',
  severity: 'high',
  title: 'A title',
  message: 'A message.',
  resource: {
    type: 'AWS::S3::Bucket',
    id: part.id ?? bucket,
    name: 'ci-logs',
    account: part.account ?? '111122223333',
    partition: 'aws',
    region: part.region ?? 'us-east-1',
  },
  evidence: [],
  controls: {},
  fingerprint: part.fingerprint ?? '0123456789abcdef',
});

const waiver = (part: Partial<Waiver> = {}): Waiver => ({
  rule: 'log-bucket-versioned',
  reason: 'It holds nothing.',
  owner: 'ci-team',
  expires: '2027-02-28',
  ...part,
});

const terms = (waivers: readonly Waiver[], part: Partial<WaiverTerms> = {}): WaiverTerms => ({
  waivers,
  policy: {},
  today: '2026-11-20',
  ...part,
});

const noTags: TagsOf = () => ({});

/** The state of the waiver that a finding has got; undefined: none. */
const stateOf = (one: Finding, waivers: readonly Waiver[], tagsOf = noTags): WaiverState | undefined =>
  waive([one], terms(waivers), tagsOf).findings[0]?.waiver?.state;

const isNamed = (part: Part, match: WaiverMatch | undefined, tagsOf = noTags): boolean =>
  stateOf(finding(part), [waiver(match && { match })], tagsOf) !== undefined;

describe('a waiver in time', () => {
  test.each<[string, string, WaiverState]>([
    ['long before its end', '2026-12-05', 'active'],
    ['fourteen days before its last day', '2026-12-04', 'expiring'],
    ['on its last day', '2026-11-20', 'expiring'],
    ['on the day after', '2026-11-19', 'expired'],
  ])('%s', (_, expires, state) => {
    expect(waiverState({ expires }, 'a-rule', terms([]))).toBe(state);
  });

  test.each<[string, string, WaiverState]>([
    ['as long as it may last', '2027-02-18', 'active'],
    ['a day too long', '2027-02-19', 'too-long'],
    ['ended', '2026-11-19', 'expired'],
  ])('that may last 90 days: %s', (_, expires, state) => {
    expect(waiverState({ expires }, 'a-rule', terms([], { policy: { maximumDays: 90 } }))).toBe(state);
  });

  test('of a rule that nobody may waive is forbidden, whenever it ends', () => {
    const policy = { maximumDays: 1, never: ['trail-*'] };
    for (const expires of ['2026-11-19', '2026-11-20', '2030-01-01']) {
      expect(waiverState({ expires }, 'trail-is-logging', terms([], { policy }))).toBe('forbidden');
      expect(waiverState({ expires }, 'org-trail-is-logging', terms([], { policy }))).not.toBe('forbidden');
    }
  });
});

describe('a waiver names', () => {
  test.each<[string, Part, WaiverMatch | undefined, boolean]>([
    ['all findings of its rule', {}, undefined, true],
    ['no other rule', { rule: 'log-bucket-versioned-too' }, undefined, false],
    ['its account', {}, { account: ['444455556666', '111122223333'] }, true],
    ['no other account', {}, { account: ['444455556666'] }, false],
    ['regions by glob', { region: 'eu-west-1' }, { region: ['us-*', 'eu-*'] }, true],
    ['no other region', { region: 'eu-west-1' }, { region: ['us-*'] }, false],
    ['what has no region', { region: 'global' }, { region: ['global'] }, true],
    ['a resource by its id', {}, { resource: [bucket] }, true],
    ['resources by glob', {}, { resource: ['arn:aws:s3:::ci-*'] }, true],
    ['no resource whose id begins like that', { id: `${bucket}-replica` }, { resource: [bucket] }, false],
    ['no resource whose id ends like that', {}, { resource: ['ci-logs'] }, false],
    ['no resource whose id holds it', { id: `${bucket}-replica` }, { resource: [':ci-logs'] }, false],
    ['by a dot no other character', { id: 'arn:aws:s3:::ciXlogs' }, { resource: ['arn:aws:s3:::ci.logs'] }, false],
    ['one finding by its fingerprint', {}, { fingerprint: '0123456789abcdef' }, true],
    ['no finding of another fingerprint', {}, { fingerprint: '0123456789abcdee' }, false],
    ['nothing that one of its conditions excludes', {}, { resource: [bucket], region: ['eu-west-1'] }, false],
    ['nothing that passes', { status: 'pass' }, undefined, false],
    ['nothing that does not apply', { status: 'not-applicable' }, undefined, false],
    ['what is unknown', { status: 'unknown' }, undefined, true],
  ])('%s', (_, part, match, named) => {
    expect(isNamed(part, match)).toBe(named);
  });

  test('rules by glob, anchored at both ends', () => {
    const named = (rule: string) => stateOf(finding(), [waiver({ rule })]) !== undefined;
    expect(['log-bucket-*', '*', 'log-bucket', 'bucket-*', 'log-bucket-version?d'].map(named)).toEqual([
      ...[true, true, false, false, true],
    ]);
  });
});

describe('by tags a waiver names', () => {
  const match: WaiverMatch = { tags: { env: ['dev', 'test'], team: ['ci'] } };

  test.each<[string, Readonly<Record<string, unknown>> | undefined, boolean]>([
    ['what has all of them', { env: 'test', team: 'ci', more: 'x' }, true],
    ['nothing that lacks one', { env: 'dev' }, false],
    ['nothing that has another value', { env: 'dev', team: 'ci-2' }, false],
    ['nothing whose tags nobody has read', undefined, false],
    ['nothing whose tag a recording leaves out', { env: 'dev', team: '(redacted)' }, false],
  ])('%s', (_, tags, named) => {
    expect(isNamed({}, match, () => tags)).toBe(named);
  });

  test('nothing by a tag that every object has', () => {
    expect(isNamed({}, { tags: { constructor: ['x'] } })).toBe(false);
  });

  test.each<[string, Readonly<Record<string, unknown>> | undefined, boolean]>([
    ['unread tags leave it open', undefined, false],
    ['a tag that was left out leaves it open', { env: 'dev', team: '(redacted)' }, false],
    ['unless another excludes it', { env: 'prod', team: '(redacted)' }, true],
    ['tags that were read do not', { env: 'prod' }, true],
  ])('whether it is unused: %s', (_, tags, unused) => {
    const given = terms([waiver({ match })]);
    const { reach } = waive([finding()], given, () => tags);
    expect(waiverUses(given, reach, scope)[0]?.unused).toBe(unused || undefined);
  });
});

const scope: JudgedScope = {
  rules: [{ id: 'log-bucket-versioned' }],
  accounts: ['111122223333'],
  regions: ['us-east-1'],
};

describe('a finding', () => {
  test('keeps its status, and says who accepted it, why and until when', () => {
    const [waived] = waive([finding()], terms([waiver()]), noTags).findings;
    expect(waived).toEqual({
      ...finding(),
      waiver: { state: 'active', reason: 'It holds nothing.', owner: 'ci-team', expires: '2027-02-28' },
    });
  });

  test('has the best of its waivers, the first of those that are alike', () => {
    const ended = waiver({ expires: '2026-01-01', owner: 'ended' });
    const soon = waiver({ expires: '2026-11-21', owner: 'soon' });
    const later = [waiver({ owner: 'first' }), waiver({ owner: 'second' })];
    expect(waive([finding()], terms([ended, soon, ...later]), noTags).findings[0]?.waiver?.owner).toBe('first');
    expect(waive([finding()], terms([ended, soon]), noTags).findings[0]?.waiver?.owner).toBe('soon');
    expect(waive([finding()], terms([ended]), noTags).findings[0]?.waiver?.state).toBe('expired');
  });

  test('that nothing names is the same object, and so are all without waivers', () => {
    const given = [finding(), finding({ status: 'pass' })];
    expect(waive(given, terms([waiver({ rule: 'other' })]), noTags).findings[0]).toBe(given[0]);
    expect(waive(given, terms([]), noTags).findings).toBe(given);
  });
});

test.each<[Partial<Waiver>, boolean]>([
  [{}, true],
  [{ match: { resource: ['*'] } }, true],
  [{ match: { resource: ['*'], region: ['eu-*', '**'] } }, true],
  [{ match: { resource: ['*'], region: ['eu-*'] } }, false],
  [{ rule: '?*', match: { account: ['111122223333'] } }, true],
  [{ match: { resource: ['??*?'] } }, true],
  [{ match: { resource: ['?'.repeat(40)] } }, false],
  [{ match: { account: ['111122223333'] } }, false],
  [{ match: { tags: { env: ['dev'] } } }, false],
  [{ match: { fingerprint: '0123456789abcdef' } }, false],
  [{ rule: '*', match: { account: ['111122223333'] } }, true],
  [{ rule: 'log-*', match: { account: ['111122223333'] } }, false],
])('%o is broad: %s', (part, broad) => {
  expect(isBroad(waiver(part))).toBe(broad);
});

describe('what a waiver did', () => {
  const usesOf = (
    given: WaiverTerms,
    accounts: readonly (readonly Finding[])[],
    judged: JudgedScope = scope,
  ): ReturnType<typeof waiverUses> => {
    const reach = accounts.reduce(
      (before, findings) => waive(findings, given, noTags, before).reach,
      waive([], given, noTags).reach,
    );
    return waiverUses(given, reach, judged);
  };

  test('counts what it hides over all accounts, however many others hide it too', () => {
    const given = terms([waiver(), waiver({ match: { resource: [bucket] } })]);
    const accounts = [[finding(), finding({ id: 'other' })], [finding({ account: '444455556666' })]];
    expect(usesOf(given, accounts).map(({ hides, overlaps }) => [hides, overlaps])).toEqual([
      [3, 2],
      [2, 2],
    ]);
  });

  test('does not overlap with what hides nothing', () => {
    const given = terms([waiver(), waiver({ expires: '2026-01-01' }), waiver({ match: { resource: ['other'] } })]);
    const uses = usesOf(given, [[finding()]]);
    expect(uses.map(({ overlaps }) => overlaps)).toEqual([undefined, undefined, undefined]);
  });

  test('is nothing once it has ended, or lasts too long', () => {
    const given = terms([waiver({ expires: '2026-01-01' }), waiver({ expires: '2030-01-01' })], {
      policy: { maximumDays: 365 },
    });
    const uses = usesOf(given, [[finding()]]);
    expect(uses).toEqual([
      { ...waiver({ expires: '2026-01-01' }), state: 'expired', hides: 0 },
      { ...waiver({ expires: '2030-01-01' }), state: 'too-long', hides: 0 },
    ]);
    expect(uses.map(isIdle)).toEqual([true, true]);
  });

  test('is forbidden if it names one finding of a rule that nobody may waive', () => {
    const given = terms([waiver({ rule: '*' })], { policy: { never: ['trail-*'] } });
    const [use] = usesOf(given, [[finding(), finding({ rule: 'trail-is-logging' })]]);
    expect(use).toMatchObject({ state: 'forbidden', hides: 1 });
  });

  test('is forbidden by name before anything fails', () => {
    const given = terms([waiver({ rule: 'trail-is-logging' })], { policy: { never: ['trail-*'] } });
    expect(usesOf(given, [[]])[0]?.state).toBe('forbidden');
  });

  test.each<[string, Partial<Waiver>, readonly Finding[], boolean]>([
    ['nothing is left that it names', { match: { resource: ['gone'] } }, [finding()], true],
    ['what it names passes', {}, [finding({ status: 'pass' })], true],
    ['what it names fails', {}, [finding()], false],
    ['what it names is unknown', {}, [finding({ status: 'unknown' })], false],
    ['its rule did not run', { rule: 'other' }, [], false],
    ['its account was not read', { match: { account: ['444455556666'] } }, [], false],
    ['its region was not read', { match: { region: ['eu-*'] } }, [], false],
    ['something of its rule and account is unknown', { match: { resource: ['x'] } }, [unlisted()], false],
    [
      'something of another account is unknown',
      { match: { resource: ['x'], account: ['111122223333'] } },
      [unlisted('444455556666')],
      true,
    ],
  ])('unused: %s', (_, part, findings, unused) => {
    const uses = usesOf(terms([waiver(part)]), [findings]);
    expect(uses[0]?.unused).toBe(unused || undefined);
    expect(uses.map(isIdle)).toEqual([unused]);
  });

  test('is not unused where nothing was judged, and marks nothing there', () => {
    for (const notJudged of reasonsNotJudged) {
      const left: Finding = { ...finding({ status: 'not-applicable' }), notJudged };
      expect(waive([left], terms([waiver()]), () => ({})).findings).toEqual([left]);
      expect(usesOf(terms([waiver()]), [[left]])[0]).toMatchObject({ hides: 0 });
      expect(usesOf(terms([waiver()]), [[left]])[0]?.unused).toBeUndefined();
      const elsewhere = waiver({ match: { account: ['111122223333'] } });
      const other = { ...left, resource: { ...left.resource, account: '444455556666' } };
      expect(usesOf(terms([elsewhere]), [[other]])[0]?.unused).toBe(true);
    }
  });
});

function unlisted(account = '111122223333'): Finding {
  return finding({ status: 'unknown', id: `${account}/us-east-1`, account });
}
