import { dirname, isAbsolute, join } from 'node:path';
import type { Diagnostic, Pointer } from '../documents/diagnostic.ts';
import { didYouMean } from '../documents/suggest.ts';
import type { TextDocument } from '../documents/text-document.ts';
import { isDay } from '../evaluation/calendar.ts';
import type { Waiver, WaiverMatch, WaiverPolicy } from '../evaluation/waivers.ts';
import { matchesGlob } from '../proof/glob.ts';

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

interface Source {
  readonly file: string;
  readonly position: TextDocument['position'];
}

type OneOrMany = string | readonly string[];

interface WrittenMatch {
  readonly account?: OneOrMany;
  readonly region?: OneOrMany;
  readonly resource?: OneOrMany;
  readonly tags?: Readonly<Record<string, OneOrMany>>;
  readonly fingerprint?: string;
}

/** The part of a config, as its schema lets it be written. */
export interface WrittenWaiving {
  readonly waivers?: readonly (Omit<Waiver, 'match'> & { readonly match?: WrittenMatch })[];
  readonly waiverPolicy?: WaiverPolicy;
  readonly baseline?: string;
}

/** What is written, with lists where one text may stand for a list, and paths that start beside the config. */
export function waivingOf(written: WrittenWaiving, { file, position }: Source): Waiving {
  const { waiverPolicy = {}, baseline } = written;
  const waivers = (written.waivers ?? []).map(
    ({ match, ...waiver }): Waiver => ({ ...waiver, ...(match && { match: matchOf(match) }) }),
  );
  const places = waivers.map((waiver, index): readonly [Waiver, string] => {
    const { line, column } = position(['waivers', index], 'key');
    return [waiver, `${file}:${line}:${column}`];
  });
  return {
    waivers,
    policy: waiverPolicy,
    places: new Map(places),
    ...(baseline !== undefined && { baseline: isAbsolute(baseline) ? baseline : join(dirname(file), baseline) }),
  };
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

/** Both configs' waivers under the stricter of both policies: what one forbids no other config allows. */
export function mergeWaiving(under: Waiving, over: Waiving): Waiving {
  const limits = [under, over].flatMap(({ policy }) => policy.maximumDays ?? []);
  const never = [...new Set([under, over].flatMap(({ policy }) => policy.never ?? []))];
  const baseline = over.baseline ?? under.baseline;
  return {
    waivers: [...under.waivers, ...over.waivers],
    policy: {
      ...(limits.length > 0 && { maximumDays: Math.min(...limits) }),
      ...(never.length > 0 && { never }),
    },
    places: new Map([...under.places, ...over.places]),
    ...(baseline !== undefined && { baseline }),
  };
}

/** Days of waivers that are in no calendar. */
export function waiverDayMistakes({ waivers }: Waiving, { file, position }: Source): readonly Diagnostic[] {
  return waivers.flatMap(({ expires }, index) =>
    isDay(expires)
      ? []
      : { file, ...position(['waivers', index, 'expires'], 'value'), message: `there is no day ${expires}` },
  );
}

/** Names of rules in waivers and their policy that no rule has: they would hide nothing, or allow everything. */
export function waiverRuleMistakes(
  { waivers, policy }: Waiving,
  { file, position }: Source,
  rules: readonly string[],
): readonly Diagnostic[] {
  const named = [
    ...waivers.map(({ rule }, index) => ({ rule, pointer: ['waivers', index, 'rule'] })),
    ...(policy.never ?? []).map((rule, index) => ({ rule, pointer: ['waiverPolicy', 'never', index] })),
  ] satisfies readonly { rule: string; pointer: Pointer }[];
  return named.flatMap(({ rule, pointer }) => {
    if (rules.some((id) => matchesGlob(rule, id))) return [];
    const hint = didYouMean(rule, rules) ?? 'trailproof rules list shows them all';
    return { file, ...position(pointer, 'value'), message: `no rule is called ${rule}`, hint };
  });
}
