import { isMembers, type Members } from '../../src/collectors/call.ts';
import type { RecordedAnswer } from './conformance-folder.ts';

/** The answers of one recorded test as one recording: how the account stood when the test ended. */
export interface JoinedRecording {
  /** `test_cloudtrail_update` */
  readonly name: string;
  readonly lines: readonly string[];
  /** The latest time that its answers name. They do not say when they were given. */
  readonly collectedAt: string;
}

/** Of a test that names no time. */
const someTime = '2020-01-01T00:00:00Z';

/** Joins the answers of each test, its name being what stands before the slash. */
export function joinRecordings(answers: readonly RecordedAnswer[]): readonly JoinedRecording[] {
  const byTest = Map.groupBy(answers, ({ name }) => name.slice(0, name.indexOf('/')));
  return [...byTest].map(([name, own]) =>
    joinAnswers(
      name,
      own.toSorted((a, b) => step(a) - step(b)),
    ),
  );
}

/** `…/cloudtrail.DescribeTrails_2` is the second time that it was asked. */
const step = ({ name }: RecordedAnswer): number => Number(name.slice(name.lastIndexOf('_') + 1));

/**
 * The tests change the account and ask again, now for all trails, now for one by its name, and what they asked was not
 * recorded. So a trail is as the last answer that shows it says, and so are its selectors and its status. A listing
 * is every trail that some answer shows; where selectors are of a trail that none shows, nobody ever listed all of
 * them, and the recording has no listing. A status, which names no trail, is of the only one in the last listing.
 */
function joinAnswers(name: string, answers: readonly RecordedAnswer[]): JoinedRecording {
  const of = (operation: string) =>
    answers.filter((answer) => answer.operation === operation).map(({ response }) => response);
  const listings = of('cloudtrail:DescribeTrails').map(({ trailList }) => (trailList as Members[]).filter(isMembers));
  const trails = new Map(listings.flat().map((trail) => [String(trail.TrailARN), trail]));
  const selectors = new Map(of('cloudtrail:GetEventSelectors').map((answer) => [String(answer.TrailARN), answer]));
  const status = of('cloudtrail:GetTrailStatus').at(-1);
  const isWhole = [...selectors.keys()].every((arn) => trails.has(arn));
  return {
    name,
    lines: [
      ...(isWhole ? [line('DescribeTrails', {}, { trailList: [...trails.values()] })] : []),
      ...[...selectors].map(([arn, answer]) => line('GetEventSelectors', { TrailName: arn }, answer)),
      ...(status ? [line('GetTrailStatus', { Name: onlyTrail(name, listings.at(-1)) }, status)] : []),
    ],
    collectedAt: latestTime(answers) ?? someTime,
  };
}

function onlyTrail(name: string, listing: readonly Members[] = []): unknown {
  const [only, ...others] = listing;
  if (!only || others.length > 0) throw new Error(`${name}: nobody can tell which trail the status is of`);
  return only.TrailARN;
}

/** All of these tests ran where their trails live. */
function line(operation: string, params: Members, response: Members): string {
  const [, region = 'us-east-1'] = /"arn:aws:cloudtrail:([\w-]+):/.exec(JSON.stringify([params, response])) ?? [];
  return JSON.stringify({ service: 'cloudtrail', operation, region, params, response });
}

function latestTime(answers: readonly RecordedAnswer[]): string | undefined {
  const named = [...JSON.stringify(answers.map(({ response }) => response)).matchAll(/"(\d{4}-\d\d-\d\dT[^"]+)"/g)];
  const latest = named.map(([, time]) => Date.parse(time ?? '')).sort((a, b) => b - a)[0];
  return latest === undefined ? undefined : new Date(latest).toISOString();
}
