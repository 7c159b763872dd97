import { Ajv } from 'ajv';
import { afterAll, describe, expect, test } from 'vitest';
import type { Members } from '../../src/collectors/call.ts';
import { everything } from '../../src/collectors/plan.ts';
import { evaluate } from '../../src/evaluation/evaluate.ts';
import type { Finding } from '../../src/evaluation/finding.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { compileRules } from '../../src/rules/load.ts';
import { viewAccount } from '../../src/snapshot/account-view.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { snapshotSchema } from '../../src/snapshot/snapshot-schema.ts';
import { readRecording } from '../../src/sources/recording.ts';
import { replaySource } from '../../src/sources/source.ts';
import { loadBuiltIn } from '../rules/built-in-rules.ts';
import { describeCases, type RecordedAnswer, recordedAnswers, reportCases } from './conformance-folder.ts';
import { expectGolden } from './golden.ts';
import { type JoinedRecording, joinRecordings } from './joined-recording.ts';
import { verdictsOf } from './verdicts.ts';

const validate = new Ajv({ strict: true, allErrors: true, discriminator: true }).compile(snapshotSchema(resourceTypes));
const registry = resourceTypes;
const definitions = (await loadBuiltIn()).map(({ definition }) => definition);
const { rules } = compileRules(definitions, { registry });

const replay = ({ lines, collectedAt }: Pick<JoinedRecording, 'lines' | 'collectedAt'>): Promise<Snapshot> =>
  replaySource({ recording: readRecording(lines), registry, plan: everything(registry), collectedAt })();

async function judge(recording: JoinedRecording) {
  const snapshot = await replay(recording);
  const { findings, crashes } = evaluate(rules, viewAccount(snapshot, { registry }), recording.collectedAt);
  return { snapshot, findings, crashes };
}
/** What a reader of the verdicts would wonder about. */
const remarks: Readonly<Record<string, string>> = {
  test_account_modify_data_events:
    'It lists no trail and yet reads the selectors of one: which trails there are was never recorded.',
  test_config_inconsistent_hub_rule:
    'S3BucketName was cut out of the answer before it was published. An answer without it says that there is none.',
};

const titleOf = (name: string): string => [`# ${name}`, ...(remarks[name] ? [`# ${remarks[name]}`] : [])].join('\n');

describeCases('recorded trails that belong together, joined, replayed and judged by every built-in rule', () => {
  const answers = recordedAnswers('c7n-recorded-cloudtrail');
  const recordings = joinRecordings(answers);

  test.each(recordings.map((recording) => [recording.name, recording] as const))('%s', async (_name, recording) => {
    const { snapshot, findings, crashes } = await judge(recording);
    expect(crashes).toEqual([]);
    validate(snapshot);
    expect(validate.errors ?? []).toEqual([]);
    expect([...new Set(findings.map(({ rule }) => rule))]).toEqual(definitions.map(({ id }) => id).sort());
    expect(findings.filter(isUnknownForNoReason)).toEqual([]);

    const again = await judge({ ...recording, lines: recording.lines.toReversed() });
    expect(JSON.stringify(again)).toBe(JSON.stringify({ snapshot, findings, crashes }));
  });

  test('the verdicts', async () => {
    const judged = await Promise.all(recordings.map(async (recording) => ({ recording, ...(await judge(recording)) })));
    const shown = judged.map(({ recording: { name }, findings }) => `${titleOf(name)}\n${verdictsOf(findings)}\n`);
    expectGolden('recorded-trails.txt', shown.join(''));
  });

  afterAll(() => {
    const counts = { answers: answers.length, 'recordings joined': recordings.length, rules: definitions.length };
    reportCases('recorded trails', counts);
  });
});

/** What was never recorded is named; what was, and does not say, is said. */
const isUnknownForNoReason = ({ status, evidence }: Finding): boolean =>
  status === 'unknown' && !evidence.some(({ gap, note }) => gap?.operation ?? gap?.region ?? note);

describe('joining', () => {
  const arn = (name: string) => `arn:aws:cloudtrail:eu-west-1:111122223333:trail/${name}`;
  const answer = (name: string, response: Members): RecordedAnswer => ({
    id: name,
    name: `test/cloudtrail.${name}`,
    operation: `cloudtrail:${name.slice(0, name.indexOf('_'))}`,
    response,
  });
  const a = { TrailARN: arn('a'), IsMultiRegionTrail: true };
  const b = { TrailARN: arn('b') };
  const changed = { ...a, IsMultiRegionTrail: false };
  const join = (...answers: readonly RecordedAnswer[]) =>
    joinRecordings(answers).flatMap(({ lines }) => lines.map((line) => JSON.parse(line) as unknown));
  const call = (operation: string, params: Members, response: Members) => ({
    service: 'cloudtrail',
    operation,
    region: 'eu-west-1',
    params,
    response,
  });

  test('a trail is as its last answer says, and one that only an earlier answer shows stays', () => {
    const later = answer('DescribeTrails_10', { trailList: [changed] });
    expect(join(later, answer('DescribeTrails_2', { trailList: [a, b] }))).toEqual([
      call('DescribeTrails', {}, { trailList: [changed, b] }),
    ]);
  });

  test('selectors are of the trail they name, a status of the only trail there is', () => {
    const selectors = { TrailARN: arn('a'), EventSelectors: [] };
    const listing = answer('DescribeTrails_1', { trailList: [a] });
    const status = [{ IsLogging: false }, { IsLogging: true }].map((one, n) => answer(`GetTrailStatus_${n}`, one));
    expect(join(listing, answer('GetEventSelectors_1', selectors), ...status)).toEqual([
      call('DescribeTrails', {}, { trailList: [a] }),
      call('GetEventSelectors', { TrailName: arn('a') }, selectors),
      call('GetTrailStatus', { Name: arn('a') }, { IsLogging: true }),
    ]);
  });

  test('a listing without a trail that is known to be there was not of all', () => {
    const selectors = { TrailARN: arn('b'), EventSelectors: [] };
    expect(join(answer('DescribeTrails_1', { trailList: [a] }), answer('GetEventSelectors_1', selectors))).toEqual([
      call('GetEventSelectors', { TrailName: arn('b') }, selectors),
    ]);
  });

  test('a status that may be of either trail is nobody’s', () => {
    const answers = [
      answer('DescribeTrails_1', { trailList: [a, b] }),
      answer('GetTrailStatus_1', { IsLogging: true }),
    ];
    expect(() => joinRecordings(answers)).toThrow('test: nobody can tell which trail the status is of');
  });
});
