import { target } from '../snapshot/links.ts';
import { newMap, remember } from '../snapshot/remember.ts';
import { isObject, objectsIn, type ResourceView, read, saidBy, valueAt } from '../snapshot/resource-view.ts';
import { type Answer, all, any, type Evidence } from './answer.ts';
import { type EventClass, narrow } from './event-class.ts';
import { decided, unknown } from './leaf.ts';
import { type Recorder, selectionOf } from './recorder.ts';

/** The log buckets that one property names, with where it says so; or why nobody knows. */
export type Naming =
  | { readonly is: 'named'; readonly names: readonly string[]; readonly evidence: Evidence }
  | { readonly is: 'unknown'; readonly answer: Answer };

/**
 * What names the buckets that a trail's log files come to: the trail itself its own, that bucket those with its access
 * logs and its copies (aws-semantics §2.5, §4.4).
 */
export function namingsOf({ view: trail, prefix }: Recorder): readonly Naming[] {
  const own = namingBy(trail, 'S3BucketName', prefix);
  const leads = target(trail, 'bucket');
  const bucket = leads.is === 'found' || leads.is === 'unknown' ? leads.view : undefined;
  if (bucket) return [own, ...['Logging', 'Replication'].map((name) => namingBy(bucket, name, `${prefix}bucket.`))];
  if (leads.is !== 'dangling') return [own];
  // Into a bucket that is not there nothing is written, and nothing from there.
  const gone = { path: `${prefix}bucket`, ...(leads.from && { from: leads.from }), resource: leads.id };
  return [own, { is: 'named', names: [], evidence: { ...gone, note: `${trail.item.S3BucketName} does not exist` } }];
}

function namingBy(view: ResourceView, property: string, prefix: string): Naming {
  const reading = read(view, property);
  const path = `${prefix}${property}`;
  if (reading.is === 'gap') return { is: 'unknown', answer: unknown(view, path, reading.gaps, reading.from) };
  const names = (namesIn[property] ?? (() => []))(saidBy(reading)).filter((name) => typeof name === 'string');
  const from = reading.from && { from: reading.from };
  return { is: 'named', names, evidence: { path, actual: names.join(', '), ...from, resource: view.id } };
}

const namesIn: Readonly<Record<string, (value: unknown) => readonly unknown[]>> = {
  S3BucketName: (value) => [value],
  Logging: (value) => [valueAt(value, ['LoggingEnabled', 'TargetBucket'])],
  Replication: (value) =>
    objectsIn(isObject(value) ? value.Rules : undefined)
      .filter(({ Status }) => Status !== 'Disabled')
      .map((rule) => String(valueAt(rule, ['Destination', 'Bucket']) ?? '').split(':::')[1]),
};

/** Whether a bucket holds log files of these trails, copies of them or their access logs. */
const isLogBucket = (name: string, { candidates, listing }: Exceptions['trails']): Answer =>
  any(
    [
      ...candidates
        .flatMap(namingsOf)
        .map((naming) =>
          naming.is === 'unknown' ? naming.answer : decided(naming.names.includes(name), naming.evidence),
        ),
      ...listing,
    ],
    'no',
  );

const bucketOfArn = /^arn:[^:]+:s3:::([^/*?]+)/;

/** The buckets whose objects a selector leaves out, wholly or in part. */
function leftOut({ view }: Recorder): readonly string[] {
  return selectionOf(view).selectors.flatMap(({ fields }) =>
    fields
      .filter(({ field }) => field === 'resources.ARN')
      .flatMap(({ notEquals, notStartsWith }) => [...notEquals, ...notStartsWith])
      .flatMap((arn) => bucketOfArn.exec(arn)?.[1] ?? []),
  );
}

/** All that may record, and the trails among them, with whether these are all: where exceptions are looked for. */
interface Exceptions {
  readonly recorders: readonly Recorder[];
  readonly trails: { readonly candidates: readonly Recorder[]; readonly listing: readonly Answer[] };
}

/** Whether all of a class is recorded, asked of the class without the objects of some buckets. */
type AskWithout = (buckets: readonly string[]) => Answer;

/**
 * Whether every event of a class is recorded but what is written into log buckets, which a trail may leave out so that
 * its own deliveries make no further events (controls E16). Only buckets that some selector leaves out can matter.
 */
export function everyButLogBuckets({ recorders, trails }: Exceptions, ask: AskWithout): Answer {
  const answers = newMap<string, Answer>();
  // Most often the buckets are all of one kind: then it is the same question.
  const asked = (left: readonly string[]): Answer => remember(answers, left.join(' '), () => ask(left));
  const whole = asked([]);
  const names = [...new Set(recorders.flatMap(leftOut))];
  if (whole.truth === 'yes' || names.length === 0) return whole;
  const buckets = names.map((name) => ({ name, isOne: isLogBucket(name, trails) }));
  const without = (...truths: readonly Answer['truth'][]): Answer =>
    asked(buckets.filter(({ isOne }) => truths.includes(isOne.truth)).map(({ name }) => name));
  const rest = without('yes', 'no', 'unknown');
  if (rest.truth === 'no') return rest;
  const proper = without('yes');
  const are = (truth: Answer['truth']): readonly Answer[] =>
    buckets.flatMap(({ isOne }) => (isOne.truth === truth ? [isOne] : []));
  if (proper.truth === 'yes') return resting(proper, are('yes'));
  const lenient = without('yes', 'unknown');
  if (lenient.truth === 'no') return resting(lenient, are('no'));
  return all(
    [proper, ...are('unknown')].filter(({ truth }) => truth === 'unknown'),
    'yes',
  );
}

/** An answer that also rests on which buckets are log buckets. */
const resting = (answer: Answer, others: readonly Answer[]): Answer => ({
  ...answer,
  evidence: [...answer.evidence, ...others.flatMap(({ evidence }) => evidence)],
});

/** The part of a class that is not about objects of these buckets. */
export function withoutObjectsOf(
  buckets: readonly string[],
  events: EventClass,
  { account }: ResourceView,
): EventClass {
  if (buckets.length === 0) return events;
  const like = buckets.map((name) => `arn:${account.account.partition}:s3:::${name}/*`);
  return narrow(events, { 'resources.ARN': { not: { like } } });
}
