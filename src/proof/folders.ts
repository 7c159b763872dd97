import { listingGaps } from '../snapshot/gaps.ts';
import { workedOut } from '../snapshot/remember.ts';
import { atOwner, type ResourceView, read, saidBy } from '../snapshot/resource-view.ts';
import type { Answer, Truth } from './answer.ts';
import { coverage } from './coverage.ts';
import { type EventClass, readEventClass } from './event-class.ts';
import type { KeySpace } from './key-space.ts';
import { decided, undecided, unknown } from './leaf.ts';
import { realities } from './realities.ts';
import { type Recorder, selectionOf } from './recorder.ts';

/** A folder of the log bucket that a trail writes to, and what is in it. */
export interface Folder extends KeySpace {
  readonly holds: 'logs' | 'digests' | 'Insights' | 'network activity' | 'aggregated events' | 'everything';
  /** Why it is not known where it is or whether it is there. */
  readonly why: readonly Answer[];
}

type Kind = Exclude<Folder['holds'], 'everything'>;

const folderNames: Readonly<Record<Kind, string>> = {
  logs: 'CloudTrail',
  digests: 'CloudTrail-Digest',
  Insights: 'CloudTrail-Insight',
  'network activity': 'CloudTrail-NetworkActivity',
  'aggregated events': 'CloudTrail-Aggregated',
};

/** Digests hold no events: they prove those in the logs. */
const categoriesIn: Readonly<Record<Kind, readonly string[]>> = {
  logs: ['Management', 'Data'],
  digests: ['Management', 'Data'],
  Insights: ['Insight'],
  'network activity': ['NetworkActivity'],
  'aggregated events': ['Data'],
};

/** Events as a rule names them. */
export type WrittenEvents = readonly Readonly<Record<string, unknown>>[];

/** The files of a trail that are asked about. */
export interface Files {
  /** Those that hold such events, in their regions alone where a class names them; of none in particular: all. */
  readonly events: WrittenEvents;
  /** Those of what happens in this account alone; left out: in all that the trail is of. */
  readonly account?: string;
}

/**
 * The folders that a trail writes such files to (aws-semantics §1.6). An organization trail writes below the
 * organization's id, for each account.
 */
export function foldersFor({ view: trail, prefix: at }: Recorder, { events, account }: Files): readonly Folder[] {
  const place = placeOf(trail, at, account);
  if ('why' in place) return [{ holds: 'everything', prefix: place.prefix, open: true, why: place.why }];
  return [...workedOut(trail, kindsOf)].flatMap(([holds, sees]) =>
    sees === 'no'
      ? []
      : placesIn(holds, events).map(
          (region): Folder => ({
            holds,
            ...place.folder(`${folderNames[holds]}/${region}`),
            open: false,
            ...(sees === 'unknown' && { doubtful: true }),
            why: sees === 'unknown' ? [whyDoubtful(trail, holds, at)] : [],
          }),
        ),
  );
}

/** The folders that a trail would write to if it were set otherwise, and why it does not, as far as its place is known. */
export function foldersNotWritten({ view: trail, prefix: at }: Recorder): readonly Folder[] {
  const place = placeOf(trail, at, undefined);
  if ('why' in place) return [];
  return [...workedOut(trail, kindsOf)].flatMap(([holds, sees]): readonly Folder[] => {
    if (sees !== 'no') return [];
    const { reading, path } = toldBy(trail, holds);
    const actual = holds === 'digests' || holds === 'Insights' ? { actual: saidBy(reading) } : {};
    const from = reading.is === 'gap' || !reading.from ? {} : { from: reading.from };
    const why = [
      decided(true, { path: `${at}${path}`, ...from, resource: trail.id, ...actual, note: `it writes no ${holds}` }),
    ];
    return [{ holds, ...place.folder(`${folderNames[holds]}/`), open: false, why }];
  });
}

type Place =
  | { readonly folder: (name: string) => Pick<Folder, 'prefix' | 'inAccounts'> }
  | { readonly prefix: string; readonly why: Folder['why'] };

/** Where the folders of a trail are, or below what, and why no more of it is known. */
function placeOf(trail: ResourceView, at: string, account: string | undefined): Place {
  const unsettled = ['S3KeyPrefix', 'IsOrganizationTrail'].flatMap((property) => {
    const reading = read(trail, property);
    return reading.is === 'gap' ? [unknown(trail, `${at}${property}`, reading.gaps, reading.from)] : [];
  });
  if (unsettled.length > 0) return { prefix: '', why: unsettled };
  const isOfOrganization = saidBy(read(trail, 'IsOrganizationTrail')) === true;
  const organization = organizationOf(trail);
  const root = rootOf(trail);
  if (isOfOrganization && !organization) return { prefix: `${root}o-`, why: [organizationUnknown(trail, at)] };
  const below = isOfOrganization ? `${root}${organization}/` : root;
  const owner = isOfOrganization ? account : trail.accountId;
  return {
    folder: (name) =>
      owner === undefined ? { prefix: below, inAccounts: name } : { prefix: `${below}${owner}/${name}` },
  };
}

/** The folders that a trail certainly writes to for one account, below the account's own. */
export const accountFolders = (trail: ResourceView, prefix: string): readonly Folder[] =>
  [...workedOut(trail, kindsOf)].flatMap(([holds, sees]) =>
    sees === 'yes' ? [{ holds, prefix: `${prefix}${folderNames[holds]}/`, open: false, why: [] }] : [],
  );

/** Where in the folders of a kind the events are: `''` everywhere, a list of region folders, or nowhere. */
function placesIn(holds: Kind, events: WrittenEvents): readonly string[] {
  if (events.length === 0) return [''];
  const isHeld = ({ fields }: EventClass): boolean =>
    categoriesIn[holds].some((one) => fields.get('eventCategory')?.has(one) !== 'no');
  const classes = events.map(readEventClass).filter((asked) => realities(asked).kinds.flat().some(isHeld));
  if (classes.some(({ regions }) => regions === undefined)) return [''];
  return [...new Set(classes.flatMap(({ regions = [] }) => regions.map((region) => `${region}/`)))];
}

/** The kinds of files that there are, and whether a trail writes them. */
function kindsOf(trail: ResourceView): ReadonlyMap<Kind, Truth> {
  return new Map<Kind, Truth>([
    ['logs', 'yes'],
    ['digests', isOn(trail, 'LogFileValidationEnabled')],
    ['Insights', hasInsights(trail)],
    ['network activity', selectsSome(trail, networkActivity)],
    // Which aggregations it is set to is not read: they are of data events.
    ['aggregated events', selectsSome(trail, dataEvents) === 'no' ? 'no' : 'unknown'],
  ]);
}

function isOn(trail: ResourceView, property: string): Truth {
  const reading = read(trail, property);
  if (reading.is === 'gap') return 'unknown';
  return reading.is === 'value' && reading.value === true ? 'yes' : 'no';
}

/** AWS always says whether there are Insights selectors; a file written by hand may show them alone. */
function hasInsights(trail: ResourceView): Truth {
  const { HasInsightSelectors, InsightSelectors } = trail.item;
  const isShown = Array.isArray(InsightSelectors) && InsightSelectors.length > 0;
  return HasInsightSelectors === undefined && isShown ? 'yes' : isOn(trail, 'HasInsightSelectors');
}

const networkActivity = readEventClass({ eventCategory: 'NetworkActivity' });
const dataEvents = readEventClass({ eventCategory: 'Data' });

const selectsSome = (trail: ResourceView, events: EventClass): Truth =>
  coverage([{ works: 'yes', events: selectionOf(trail).events }], events).some;

/** What says whether a trail writes such files. */
function toldBy(trail: ResourceView, holds: Kind) {
  if (holds === 'network activity' || holds === 'aggregated events') return selectionOf(trail);
  const path = holds === 'digests' ? 'LogFileValidationEnabled' : 'HasInsightSelectors';
  return { reading: read(trail, path), path };
}

function whyDoubtful(trail: ResourceView, holds: Kind, at: string): Answer {
  const { reading, path } = toldBy(trail, holds);
  if (reading.is === 'gap') return unknown(trail, `${at}${path}`, reading.gaps, reading.from);
  const note =
    holds === 'aggregated events'
      ? 'whether it aggregates data events cloudtrail:GetEventConfiguration says, which is not read'
      : `it cannot be said whether it records ${holds}`;
  return undecided({ path: `${at}${path}`, resource: trail.id, note });
}

function organizationUnknown(trail: ResourceView, at: string): Answer {
  const { registry, gaps } = trail.account;
  const type = registry['AWS::Organizations::Organization'];
  const missing = type ? listingGaps(type, registry, gaps) : [];
  const path = `${at}IsOrganizationTrail`;
  if (missing.length > 0) return unknown(trail, path, missing, type?.list?.operation);
  return undecided({ path, actual: true, resource: trail.id, note: 'which organization it is of is not known' });
}

/** What the keys of all its files begin with. */
export function rootOf(trail: ResourceView): string {
  const prefix = saidBy(read(trail, 'S3KeyPrefix'));
  return `${typeof prefix === 'string' && prefix ? `${prefix}/` : ''}AWSLogs/`;
}

/** The id of the organization that a trail of one writes under, where its viewer's snapshot or its owner's says it. */
export function organizationOf(trail: ResourceView): string | undefined {
  const organizations = [trail, atOwner(trail)].flatMap(
    (view) => view?.account.own.get('AWS::Organizations::Organization') ?? [],
  );
  return organizations.flatMap(({ item: { Id } }) => (typeof Id === 'string' ? [Id] : []))[0];
}
