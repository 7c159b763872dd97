import type { Pointer } from '../documents/diagnostic.ts';
import type { Waiver, WaiverMatch, WaiverPolicy } from '../evaluation/waivers.ts';
import { type Layer, type Setting, togetherIn } from './config-layers.ts';

/** What a config says of accepted risks and known failures. */
export interface Waiving {
  readonly waivers: readonly Waiver[];
  readonly policy: WaiverPolicy;
  /** Where each waiver is written: `trailproof.yaml:12:5`. */
  readonly places: ReadonlyMap<Waiver, string>;
  /** The file of known failures. */
  readonly baseline?: string;
}

export const noWaiving: Waiving = { waivers: [], policy: {}, places: new Map() };

type OneOrMany = string | readonly string[];

interface WrittenMatch {
  readonly account?: OneOrMany;
  readonly region?: OneOrMany;
  readonly resource?: OneOrMany;
  readonly tags?: Readonly<Record<string, OneOrMany>>;
  readonly fingerprint?: string;
}

type WrittenWaiver = Omit<Waiver, 'match'> & { readonly match?: WrittenMatch };

/** What a config says, with lists where one text may stand for a list. */
export function waivingOf(settings: readonly Setting[]): Waiving {
  const together = togetherIn(settings);
  // As the schema lets them be written.
  const { waiverPolicy = {}, baseline } = together as { waiverPolicy?: WaiverPolicy; baseline?: string };
  const written = settings.filter(({ key }) => key === 'waivers');
  const places = written.map(({ value, layer, own }): readonly [Waiver, string] => [
    waiverOf(value as WrittenWaiver),
    placeOf(layer, own),
  ]);
  return {
    waivers: places.map(([waiver]) => waiver),
    policy: waiverPolicy,
    places: new Map(places),
    ...(baseline !== undefined && { baseline }),
  };
}

const waiverOf = ({ match, ...waiver }: WrittenWaiver): Waiver => ({
  ...waiver,
  ...(match && { match: matchOf(match) }),
});

function placeOf({ place, origin }: Layer, pointer: Pointer): string {
  const at = place?.(pointer, 'key');
  return at ? `${at.file}:${at.line}:${at.column}` : origin(pointer);
}

function matchOf({ account, region, resource, tags, fingerprint }: WrittenMatch): WaiverMatch {
  return {
    ...(account !== undefined && { account: [account].flat() }),
    ...(region !== undefined && { region: [region].flat() }),
    ...(resource !== undefined && { resource: [resource].flat() }),
    ...(tags && { tags: Object.fromEntries(Object.entries(tags).map(([key, values]) => [key, [values].flat()])) }),
    ...(fingerprint !== undefined && { fingerprint }),
  };
}
