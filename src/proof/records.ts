import { leaderRegion } from '../resource-types/partition.ts';
import { members } from '../snapshot/members.ts';
import type { ResourceView } from '../snapshot/resource-view.ts';
import { type Answer, all, any, flip, not } from './answer.ts';
import { type EventClass, globalShare, narrow, readEventClass } from './event-class.ts';
import { type Context, decided, undecided, unknown } from './leaf.ts';
import { type Question, recordsAlone } from './recorder.ts';

export type Quantifier = 'every' | 'some' | 'none';

/** What `records` asks, as it is written: one class or several, each of which must hold. */
export interface RecordsQuestion {
  readonly how: Quantifier;
  readonly classes: readonly Readonly<Record<string, unknown>>[];
}

/** Reads `CLASS`, `[CLASS…]`, `{ every | some | none: CLASS… }`. */
export function readRecords(written: unknown): RecordsQuestion {
  const quantified = (['every', 'some', 'none'] as const).find(
    (how) => typeof written === 'object' && written !== null && Object.hasOwn(written, how),
  );
  const classes = quantified ? (written as Readonly<Record<string, unknown>>)[quantified] : written;
  return { how: quantified ?? 'every', classes: [classes].flat() as RecordsQuestion['classes'] };
}

/**
 * Whether every (some, no) event of each class is recorded: by a trail or event data store alone, or anywhere in an
 * account, a region or for a bucket's objects. One recorder at a time decides (aws-semantics §2.7 says what several
 * do together): where only several might, the answer is unknown.
 */
export function records(
  view: ResourceView,
  { how, classes }: RecordsQuestion,
  prefix: string,
  context: Context,
): Answer {
  const inner = how === 'none' ? { ...context, thorough: flip(context.thorough) } : context;
  const answers = classes.map((written) => {
    const asked: ClassQuestion = { events: readEventClass(written), how: how === 'every' ? 'every' : 'some', prefix };
    const answer = recordsClass(view, asked, inner);
    return how === 'none' ? not(answer) : answer;
  });
  return all(answers, context.thorough);
}

/** One class, asked of one resource. */
interface ClassQuestion {
  readonly events: EventClass;
  readonly how: 'every' | 'some';
  readonly prefix: string;
}

function recordsClass(view: ResourceView, asked: ClassQuestion, context: Context): Answer {
  const { account, type } = view;
  const { events } = asked;
  const placesIn = (enabled: readonly string[]) => placesOf(events, enabled, account.account.partition);
  switch (type.name) {
    case 'AWS::CloudTrail::Trail':
    case 'AWS::CloudTrail::EventDataStore':
      return recordsAlone(view, { ...asked, regions: placesIn(account.enabledRegions) }, context);
    case 'AWS::S3::Bucket':
      return bucketRecords(view, asked, context);
    case 'AWS::Region':
      return somebodyRecords(view, { ...asked, regions: placesIn([view.name]), openEnded: false }, context);
    default: {
      const openEnded = !events.regions && globalShare(events) !== 'all';
      return somebodyRecords(view, { ...asked, regions: placesIn(account.enabledRegions), openEnded }, context);
    }
  }
}

/** The regions where events of the class happen: those of global services in the leader region alone. */
function placesOf(events: EventClass, enabled: readonly string[], partition: string): readonly string[] {
  const wanted = events.regions ?? enabled;
  const leader = leaderRegion(partition);
  return globalShare(events) === 'all' && leader
    ? [leader].filter((region) => wanted.includes(region) || !events.regions)
    : wanted;
}

/** The class narrowed to the objects of one bucket, where the bucket is. */
function bucketRecords(view: ResourceView, asked: ClassQuestion, context: Context): Answer {
  const { events, prefix } = asked;
  const objects = narrow(events, {
    'resources.type': 'AWS::S3::Object',
    'resources.ARN': { like: `arn:${view.account.account.partition}:s3:::${view.name}/*` },
  });
  if (!view.region) {
    return view.unread
      ? unknown(view, `${prefix}region`, view.unread)
      : undecided({
          path: `${prefix}BucketRegion`,
          resource: view.id,
          note: 'nothing says which region the bucket is in',
        });
  }
  return somebodyRecords(view, { ...asked, events: objects, regions: [view.region], openEnded: false }, context);
}

/** A question whose regions are all that are enabled: there may be more of them than are known. */
interface AccountQuestion extends Question {
  readonly openEnded: boolean;
}

/** Whether, in each of the regions, some one recorder of the account records the class. */
function somebodyRecords(view: ResourceView, question: AccountQuestion, context: Context): Answer {
  const owner = view.account.byType.get('AWS::Account')?.[0] ?? view;
  const found = ['trails', 'eventDataStores'].map((relation) => ({ relation, ...members(owner, relation) }));
  const ask = (regions: readonly string[], how: 'every' | 'some', thorough: Context['thorough']) =>
    found.flatMap(({ relation, sure }) =>
      sure.map((recorder) =>
        recordsAlone(
          recorder,
          { ...question, regions, how, prefix: `${question.prefix}${relation}[${recorder.id}].` },
          { ...context, thorough },
        ),
      ),
    );

  const alone = any(ask(question.regions, question.how, context.thorough), context.thorough);
  if (alone.truth === 'yes') return alone;
  const listing = found.map(({ relation, sure, gaps, from }) => {
    const path = `${question.prefix}${relation}`;
    if (gaps.length > 0) return unknown(owner, path, gaps, from);
    return decided(false, { path, actual: sure.length, ...(from && { from }), resource: owner.id });
  });
  const perRegion = question.regions.map((region) => {
    const one = any([...ask([region], question.how, context.thorough), ...listing], context.thorough);
    if (one.truth === 'yes' || question.how === 'some') return one;
    const partial = ask([region], 'some', 'no').filter(({ truth }) => truth !== 'no');
    if (one.truth === 'unknown' || partial.length < 2) return one;
    return undecided({
      path: `${question.prefix}trails`,
      resource: owner.id,
      expected: 'one that records it all',
      actual: partial.length,
      note: `several trails together may: ${partial.length} record some of it in ${region}, none all of it`,
    });
  });
  const more = question.openEnded ? [knownRegions(owner, question.prefix)] : [];
  if (question.how === 'every') return all([...perRegion, ...more], context.thorough);
  return any([...perRegion, ...more.map((known) => (known.truth === 'yes' ? not(known) : known))], context.thorough);
}

/** Whether the regions that are known are all there are. */
function knownRegions(owner: ResourceView, prefix: string): Answer {
  const { sure, gaps, from } = members(owner, 'regions');
  const path = `${prefix}regions`;
  if (gaps.length > 0) return unknown(owner, path, gaps, from);
  return decided(true, { path, actual: sure.length, ...(from && { from }), resource: owner.id });
}
