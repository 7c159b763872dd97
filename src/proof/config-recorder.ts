import { canRecordIam } from '../resource-types/partition.ts';
import { isObject, objectsIn, type ResourceView, read, saidBy, valueAt } from '../snapshot/resource-view.ts';
import { type Answer, all } from './answer.ts';
import { decided, undecided, unknown } from './leaf.ts';

/** The types that live in no region: each recorder can record them, and only one needs to. */
const ofIam = ['AWS::IAM::User', 'AWS::IAM::Group', 'AWS::IAM::Role', 'AWS::IAM::Policy'];

type Members = Readonly<Record<string, unknown>>;

/**
 * Whether a recorder of AWS Config is set to record users, groups, roles and policies of IAM, all of them, and may
 * where it is (aws-semantics §9.1): a strategy counts before the flag that is older than it.
 */
export function recordsIam(recorder: ResourceView, prefix: string): Answer {
  const can = canRecordIam(recorder.region, recorder.account.account.partition);
  const where = { path: `${prefix}region`, actual: recorder.region, resource: recorder.id };
  if (can === false) return decided(false, { ...where, note: 'AWS Config came to this region too late to record IAM' });
  const path = `${prefix}RecordingGroup`;
  const reading = read(recorder, 'RecordingGroup');
  if (reading.is === 'gap') return unknown(recorder, path, reading.gaps, reading.from);
  const said = { path, ...(reading.from && { from: reading.from }), resource: recorder.id };
  const group = saidBy(reading);
  const why = whyNotIam(isObject(group) ? group : {});
  if (why !== undefined) return decided(false, { ...said, note: why });
  return can
    ? decided(true, { ...said, note: 'it records users, groups, roles and policies of IAM' })
    : undecided({ ...where, note: 'whether IAM can be recorded there is not documented' });
}

/** What of its recording group leaves IAM out; undefined: nothing does. */
function whyNotIam(group: Members): string | undefined {
  const strategy = valueAt(group, ['RecordingStrategy', 'UseOnly']);
  if (strategy === 'EXCLUSION_BY_RESOURCE_TYPES') {
    const excluded = listedIn(valueAt(group, ['ExclusionByResourceTypes', 'ResourceTypes']));
    const left = ofIam.filter((type) => excluded.includes(type));
    return left.length > 0 ? `it excludes ${left.join(', ')}` : undefined;
  }
  if (strategy === 'ALL_SUPPORTED_RESOURCE_TYPES' || (strategy === undefined && group.AllSupported === true)) {
    return group.IncludeGlobalResourceTypes === true ? undefined : 'IncludeGlobalResourceTypes is not on';
  }
  const included = listedIn(group.ResourceTypes);
  const left = ofIam.filter((type) => !included.includes(type));
  return left.length > 0 ? `its list lacks ${left.join(', ')}` : undefined;
}

const listedIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** What a channel delivers, and whether it does so in every region without anything more being set. */
const deliveries = [
  { name: 'ConfigHistoryDeliveryInfo', isAlways: true },
  { name: 'ConfigSnapshotDeliveryInfo', isAlways: false },
  { name: 'ConfigStreamDeliveryInfo', isAlways: false },
] as const;

/**
 * Whether what a recorder of AWS Config records arrives, by the status of its region's delivery channel and not by its
 * own (aws-semantics §9.1): history has been delivered, and of the snapshots and the stream to a topic nothing failed.
 * Those are not applicable where nobody asked for them.
 */
export function channelDelivers(recorder: ResourceView, prefix: string): Answer {
  const path = `${prefix}DeliveryChannelsStatus`;
  const reading = read(recorder, 'DeliveryChannelsStatus');
  if (reading.is === 'gap') return unknown(recorder, path, reading.gaps, reading.from);
  const said = { ...(reading.from && { from: reading.from }), resource: recorder.id };
  const [channel] = objectsIn(saidBy(reading));
  if (!channel) return decided(false, { path, ...said, note: 'the region has no delivery channel' });
  const answers = deliveries.map(({ name, isAlways }): Answer => {
    const info = isObject(channel[name]) ? channel[name] : {};
    const evidence = { path: `${path}[0].${name}.LastStatus`, actual: info.LastStatus, ...said };
    switch (String(info.LastStatus ?? 'NOT_APPLICABLE').toUpperCase()) {
      case 'SUCCESS':
        return decided(true, evidence);
      case 'FAILURE':
        return decided(false, { ...evidence, ...(info.LastErrorCode !== undefined && { note: errorOf(info) }) });
      case 'NOT_APPLICABLE':
        return isAlways ? undecided({ ...evidence, note: 'nothing has been delivered yet' }) : decided(true, evidence);
      default:
        return undecided({ ...evidence, note: 'a status that is not known' });
    }
  });
  return all(answers, 'no');
}

const errorOf = ({ LastErrorCode, LastErrorMessage }: Members): string =>
  `it failed with ${String(LastErrorCode)}${LastErrorMessage === undefined ? '' : `: ${String(LastErrorMessage)}`}`;
