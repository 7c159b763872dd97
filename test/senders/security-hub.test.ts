import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/evaluation/finding.ts';
import { asffContext, asffOf } from '../../src/reporters/asff.ts';
import type { Report } from '../../src/reporters/report.ts';
import { batchesOf } from '../../src/senders/hub-import.ts';
import { sendToSecurityHub } from '../../src/senders/security-hub.ts';
import { findingOf, type HeldReport, reportOf, trail } from '../reporters/shared-report.ts';
import { reaching } from './reaching.ts';
import { withLoopbackAws } from './with-loopback-aws.ts';

const own = '111122223333';
const aws = withLoopbackAws();

const about = (name: string, part: Partial<Finding> = {}): Finding => {
  const resource = { ...trail, name, id: `${trail.id}-${name}`, ...part.resource };
  const finding = findingOf({ rule: 'trail-is-logging', status: 'fail', message: 'It is off.', ...part, resource });
  return { ...finding, fingerprint: finding.fingerprint.replace(/..$/, part.rule === undefined ? '00' : '11') };
};

/** The id of a finding does not depend on its status. */
const same = (finding: Finding, part: Partial<Finding>): Finding => ({ ...finding, ...part });

const judged = (findings: readonly Finding[], day = 20, scope: Partial<Report['scope']> = {}): HeldReport => {
  const report = reportOf(findings);
  const collectedAt = `2026-11-${day}T09:00:00Z`;
  return { ...report, scope: { ...report.scope, accounts: [own], collectedAt, ...scope } };
};

const send = (report: Report, region?: string, reach = reaching(aws().url)) => sendToSecurityHub(report, region, reach);

const held = (region = 'us-east-1', account = own) =>
  [...(aws().hubs.get(`${account} ${region}`)?.values() ?? [])].map(
    ({ Id, RecordState, Compliance, CreatedAt, UpdatedAt }) => ({
      Id,
      state: `${RecordState} ${Object(Compliance).Status}`,
      times: [CreatedAt, UpdatedAt].map((time) => String(time).slice(8, 10)).join('-'),
    }),
  );

const idOf = ({ fingerprint }: Finding): string => `trailproof/${fingerprint}`;
const sent = (...done: readonly string[]) => ({ to: 'security-hub', done, failed: [] });
const imports = () => aws().requests.filter((request) => request.startsWith('BatchImportFindings'));

describe('a first report', () => {
  test('is sent to the hubs of its regions: what failed and what is unknown, and nothing else', async () => {
    const west = about('west', { resource: { ...trail, region: 'eu-west-1' } });
    const findings = [about('a'), about('b', { status: 'unknown' }), about('c', { status: 'pass' }), west];
    expect(await send(judged(findings))).toEqual(sent('3 findings sent, 0 archived'));
    expect(held().map(({ state }) => state)).toEqual(['ACTIVE FAILED', 'ACTIVE WARNING']);
    expect(held('eu-west-1').map(({ Id }) => Id)).toEqual([idOf(west)]);
  });

  test('is sent to one hub, if one is named', async () => {
    const west = about('west', { resource: { ...trail, region: 'eu-west-1' } });
    expect(await send(judged([about('a'), west]), 'us-east-1')).toEqual(sent('2 findings sent, 0 archived'));
    expect(held()).toHaveLength(2);
    expect(aws().requests.filter((request) => request.includes('eu-west-1'))).toEqual([]);
  });

  test('is sent a hundred findings at once', async () => {
    const many = Array.from({ length: 250 }, (_, index) => about(String(index)));
    expect(await send(judged(many))).toEqual(sent('250 findings sent, 0 archived'));
    expect(imports().map((request) => request.split(' ')[3])).toEqual(['100', '100', '50']);
    expect(held()).toHaveLength(250);
  });

  test('is not sent if it does not say when', async () => {
    const report = judged([about('a')]);
    const { collectedAt: _, ...scope } = report.scope;
    expect(await send({ ...report, scope })).toMatchObject({ failed: [expect.stringContaining('collectedAt')] });
    expect(aws().requests).toEqual([]);
  });
});

test('a batch holds no more bytes than a call may, whatever language names are in', () => {
  const long = '東京'.repeat(2000);
  const wide = asffOf(
    about(long, {
      title: long,
      message: long,
      evidence: [{ path: long, note: long }],
      controls: { [long]: Array.from({ length: 32 }, () => long) },
      remediation: { text: long },
      waiver: { state: 'active', reason: long, owner: long, expires: '2027-01-01' },
    }),
    asffContext(judged([])),
  );
  const batches = batchesOf(Array.from({ length: 150 }, () => wide));
  const sizes = batches.map((Findings) => Buffer.byteLength(JSON.stringify({ Findings })));
  expect(batches.flat()).toHaveLength(150);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(6_000_000);
  expect(batches[0]?.length).toBe(100);
  const wider = { ...wide, ProductFields: { text: 'a'.repeat(200_000) } };
  expect(batchesOf(Array.from({ length: 30 }, () => wider)).map(({ length }) => length)).toEqual([27, 3]);
});

describe('a later report', () => {
  const [a, b, c] = [about('a'), about('b'), about('c')];

  test('updates what is still open, archives what passes and what is gone, and keeps when it began', async () => {
    await send(judged([a, b, c]));
    const later = judged([a, same(b, { status: 'pass' })], 21);
    expect(await send(later)).toEqual(sent('1 finding sent, 2 archived'));
    expect(held()).toEqual([
      { Id: idOf(a), state: 'ACTIVE FAILED', times: '20-21' },
      { Id: idOf(b), state: 'ARCHIVED PASSED', times: '20-21' },
      { Id: idOf(c), state: 'ARCHIVED NOT_AVAILABLE', times: '20-21' },
    ]);
  });

  test('opens again what fails again', async () => {
    await send(judged([a]));
    await send(judged([same(a, { status: 'pass' })], 21));
    await send(judged([a], 22));
    expect(held()).toEqual([{ Id: idOf(a), state: 'ACTIVE FAILED', times: '20-22' }]);
  });

  test('archives nothing that an override skips by now: nobody has judged it', async () => {
    await send(judged([a]));
    const before = held();
    const skipped = same(a, { status: 'not-applicable', notJudged: 'skipped' });
    expect(await send(judged([skipped], 21))).toEqual(sent('0 findings sent, 0 archived'));
    expect(held()).toEqual(before);
  });

  test('that is the same, or an older one, changes nothing and sends nothing', async () => {
    await send(judged([a], 21));
    const before = held();
    expect(await send(judged([a], 21))).toEqual(sent('0 findings sent, 0 archived, 1 there already'));
    expect(await send(judged([same(a, { status: 'pass' }), b], 20))).toEqual(sent('1 finding sent, 0 archived'));
    expect(held().filter(({ Id }) => Id === idOf(a))).toEqual(before);
  });

  test('archives nothing of other accounts, or that somebody else has sent', async () => {
    const foreign = { Id: 'x', GeneratorId: 'other/rule', AwsAccountId: own, RecordState: 'ACTIVE', Resources: [{}] };
    aws().hubs.set(`${own} us-east-1`, new Map([['x', foreign]]));
    await send(judged([a]));
    await send(judged([same(a, { status: 'pass' })], 21));
    expect(aws().hubs.get(`${own} us-east-1`)?.get('x')).toEqual(foreign);
  });
});

describe('a waiver', () => {
  const a = about('a');
  const waived = (state: 'active' | 'expired'): Finding =>
    same(a, { waiver: { state, reason: 'a sandbox', owner: 'cloud', expires: '2026-11-21' } });
  const workflow = () => {
    const finding = aws().hubs.get(`${own} us-east-1`)?.get(idOf(a));
    return [Object(finding?.Workflow).Status, Object(finding?.Note).Text];
  };
  const settle = (Status: string) => {
    const hub = aws().hubs.get(`${own} us-east-1`);
    const before = hub?.get(idOf(a));
    if (before) hub?.set(idOf(a), { ...before, Workflow: { Status } });
  };

  test('suppresses a finding that is new, and one that is not', async () => {
    await send(judged([waived('active')]));
    expect(workflow()).toEqual(['SUPPRESSED', 'waived by cloud until 2026-11-21: a sandbox']);
    aws().reset();
    await send(judged([a]));
    expect(workflow()).toEqual(['NEW', undefined]);
    expect(await send(judged([waived('active')], 21))).toEqual(sent('1 finding sent, 0 archived'));
    expect(workflow()).toEqual(['SUPPRESSED', 'waived by cloud until 2026-11-21: a sandbox']);
  });

  test.each([
    ['has expired', waived('expired'), 'not waived any more: the waiver of cloud ended on 2026-11-21: a sandbox'],
    ['is gone', a, 'no waiver holds any more'],
  ])('that %s suppresses nothing any more', async (_, finding, note) => {
    await send(judged([waived('active')]));
    expect(await send(judged([finding], 22))).toEqual(sent('1 finding sent, 0 archived'));
    expect(workflow()).toEqual(['NEW', note]);
    const updates = aws()
      .requests.filter((request) => /^Batch/.test(request))
      .map((request) => request.split(' ')[0]);
    expect(updates).toEqual(['BatchImportFindings', 'BatchUpdateFindings', 'BatchImportFindings']);
  });

  test('leaves alone what somebody has decided', async () => {
    await send(judged([a]));
    settle('SUPPRESSED');
    await send(judged([a], 21));
    expect(workflow()[0]).toBe('SUPPRESSED');
    aws().reset();
    await send(judged([waived('active')]));
    settle('NOTIFIED');
    await send(judged([waived('active')], 21));
    await send(judged([a], 22));
    expect(workflow()[0]).toBe('NOTIFIED');
    expect(aws().requests.filter((request) => request.startsWith('BatchUpdateFindings'))).toEqual([]);
  });

  test('that cannot be followed is said, and followed by the next report', async () => {
    const refused = { status: 403, code: 'AccessDeniedException' };
    const where = `Security Hub of ${own} in us-east-1: 1 finding left`;
    const why = 'AccessDeniedException: AccessDeniedException it is';
    await send(judged([a]));
    aws().fail('BatchUpdateFindings', refused);
    const first = await send(judged([waived('active')], 21));
    expect([first.failed, workflow()[0]]).toEqual([[`${where} open, though a waiver holds: ${why}`], 'NEW']);
    expect([(await send(judged([waived('active')], 22))).failed, workflow()[0]]).toEqual([[], 'SUPPRESSED']);
    aws().fail('BatchUpdateFindings', refused);
    const second = await send(judged([a], 23));
    expect([second.failed, workflow()[0]]).toEqual([
      [`${where} suppressed, though no waiver holds: ${why}`],
      'SUPPRESSED',
    ]);
    expect([(await send(judged([a], 24))).failed, workflow()[0]]).toEqual([[], 'NEW']);
  });
});

describe('a hub that does not do what it should', () => {
  const [a, b, c] = [about('a'), about('b'), about('c')];

  test.each([
    ['is throttled', { status: 429, code: 'TooManyRequestsException' }],
    ['fails', { status: 500, code: 'InternalException' }],
    ['resets the connection', 'reset'],
    ['takes the findings and says nothing', 'lost'],
  ] as const)('%s once: everything arrives, once', async (_, fault) => {
    aws().fail('BatchImportFindings', fault);
    expect(await send(judged([a, b]))).toEqual(sent('2 findings sent, 0 archived'));
    expect(imports()).toHaveLength(2);
    expect(held()).toHaveLength(2);
  });

  test('does not take some of a batch at first: they are sent again, alone', async () => {
    aws().refused.set(idOf(b), { code: 'InternalFailure', times: 2 });
    const reach = reaching(aws().url);
    expect(await send(judged([a, b, c]), undefined, reach)).toEqual(sent('3 findings sent, 0 archived'));
    expect(imports().map((request) => request.split(' ')[3])).toEqual(['3', '1', '1']);
    expect(reach.waited).toEqual([1000, 2000]);
  });

  test.each([
    ['for good', 'InternalFailure', 4],
    ['because they are not as it wants them', 'InvalidInput', 1],
  ])('does not take some, %s: it is said which did not arrive', async (_, code, calls) => {
    aws().refused.set(idOf(b), { code, times: 99 });
    expect(await send(judged([a, b, c]))).toEqual({
      to: 'security-hub',
      done: ['2 findings sent, 0 archived'],
      failed: [`1 finding to Security Hub of ${own} in us-east-1: ${code}: ${code} it is`],
    });
    expect(imports()).toHaveLength(calls);
  });

  test('fails in the middle: what arrived is said, and what did not, and the next run sends the rest', async () => {
    const many = Array.from({ length: 250 }, (_, index) => about(String(index)));
    aws().fail(`BatchImportFindings us-east-1 ${own} 50`, { status: 500, code: 'InternalException' }, 4);
    expect(await send(judged(many))).toEqual({
      to: 'security-hub',
      done: ['200 findings sent, 0 archived'],
      failed: [`50 findings to Security Hub of ${own} in us-east-1: InternalException: InternalException it is`],
    });
    expect(await send(judged(many))).toEqual(sent('50 findings sent, 0 archived, 200 there already'));
    expect(held()).toHaveLength(250);
  });

  test('gives up after a batch that nobody answers, and says what it did not try', async () => {
    const many = Array.from({ length: 250 }, (_, index) => about(String(index)));
    aws().fail('BatchImportFindings', { status: 403, code: 'AccessDeniedException' }, 99);
    expect(await send(judged(many))).toEqual({
      to: 'security-hub',
      done: ['0 findings sent, 0 archived'],
      failed: [
        `250 findings to Security Hub of ${own} in us-east-1: AccessDeniedException: AccessDeniedException it is`,
      ],
    });
    expect(imports()).toHaveLength(1);
  });

  test('does not say what it holds: new findings are sent, and nothing is archived', async () => {
    await send(judged([a, b]));
    aws().fail('GetFindings us-east-1', { status: 403, code: 'AccessDeniedException' });
    expect(await send(judged([a, same(b, { status: 'pass' })], 21))).toEqual({
      to: 'security-hub',
      done: ['1 finding sent, 0 archived'],
      failed: [
        `what Security Hub of ${own} in us-east-1 holds is not known, and nothing is archived: AccessDeniedException: AccessDeniedException it is`,
      ],
    });
    expect(held().find(({ Id }) => Id === idOf(b))?.state).toBe('ACTIVE FAILED');
  });

  test('is not switched on: said where there was something to send', async () => {
    aws().off.add(`${own} us-east-1`).add(`${own} eu-west-1`);
    expect(await send(judged([a]))).toEqual({
      to: 'security-hub',
      done: ['0 findings sent, 0 archived'],
      failed: [
        `1 finding to Security Hub of ${own} in us-east-1: InvalidAccessException: InvalidAccessException it is`,
      ],
    });
    expect(imports()).toEqual([]);
  });
});

describe('findings of other accounts', () => {
  const other = '444455556666';
  const theirs = about('theirs', { resource: { ...trail, account: other } });
  const report = judged([about('mine'), theirs], 20, { accounts: [own, other] });

  test('are not sent without a role, and that is said', async () => {
    expect(await send(report)).toMatchObject({
      done: ['1 finding sent, 0 archived'],
      failed: [`1 finding of ${other}: NoRole: only its own credentials may send it: name a role with --send-role`],
    });
    expect(held('us-east-1', other)).toEqual([]);
  });

  test('are sent by the role of their account', async () => {
    const reach = reaching(aws().url, { roleName: 'sender' });
    expect(await send(report, undefined, reach)).toEqual(sent('2 findings sent, 0 archived'));
    expect(held('us-east-1', other).map(({ Id }) => Id)).toEqual([idOf(theirs)]);
  });

  test('are not sent by a role that lets nobody in', async () => {
    expect(await send(report, undefined, reaching(aws().url, { roleName: 'no' }))).toMatchObject({
      done: ['1 finding sent, 0 archived'],
      failed: [`1 finding of ${other}: AccessDenied: no`],
    });
  });
});
