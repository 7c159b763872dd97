import type { Diagnostic, Pointer } from '../documents/diagnostic.ts';
import { didYouMean } from '../documents/suggest.ts';
import { isDay } from '../evaluation/calendar.ts';
import { matchesGlob } from '../proof/glob.ts';
import { whyNot } from '../rules/compile.ts';
import { isWord, type Selectable, wordsFor } from '../rules/select.ts';
import { isObject } from '../snapshot/resource-view.ts';
import type { Layer } from './config-layers.ts';

/** Somewhere in a layer: what stands there may be wrong. */
interface Spot {
  readonly layer: Layer;
  readonly pointer: Pointer;
  readonly known: readonly Selectable[];
}

/** What a layer says of rules, packs and parameters that are not there, or of values that do not fit. */
export function configMistakes(
  layer: Layer,
  known: readonly Selectable[],
  packs: readonly string[],
): readonly Diagnostic[] {
  const { written } = layer;
  const { overrides } = written;
  const ofOverrides = (Array.isArray(overrides) ? overrides : []).flatMap((override: unknown, index) => {
    const at = { layer, pointer: ['overrides', index], known };
    return isObject(override) ? [...idleOverride(override, at), ...mistakesIn(override, at)] : [];
  });
  const whole = { layer, pointer: [], known };
  return [
    ...wordMistakes(written.only, inside(whole, 'only')),
    ...packMistakes(written.frameworks, inside(whole, 'frameworks'), packs),
    ...mistakesIn(written, whole),
    ...waiverMistakes(written, whole),
    ...ofOverrides,
  ];
}

function packMistakes(said: unknown, spot: Spot, packs: readonly string[]): readonly Diagnostic[] {
  const words = Array.isArray(said) ? said.map(String) : [];
  return words.flatMap((word, index) => {
    if (packs.includes(word)) return [];
    const hint = didYouMean(word, packs) ?? `there are ${packs.join(', ')}`;
    return diagnostic(inside(spot, index), 'value', { message: `no pack is called ${word}`, hint });
  });
}

type Written = Readonly<Record<string, unknown>>;

/** What may stand in a config and in an override alike. */
const mistakesIn = ({ skip, parameters, severities }: Written, spot: Spot): readonly Diagnostic[] => [
  ...wordMistakes(skip, inside(spot, 'skip')),
  ...parameterMistakes(parameters, inside(spot, 'parameters')),
  ...idMistakes(severities, inside(spot, 'severities')),
];

function idleOverride({ skip, parameters, severities }: Written, spot: Spot): readonly Diagnostic[] {
  if (skip || parameters || severities) return [];
  return diagnostic(spot, 'value', {
    message: 'the override changes nothing',
    hint: 'it needs parameters, severities or skip',
  });
}

/** Rules that no rule is, which would hide nothing or allow everything, and days that are in no calendar. */
function waiverMistakes({ waivers, waiverPolicy }: Written, spot: Spot): readonly Diagnostic[] {
  const ofWaivers = (Array.isArray(waivers) ? waivers : []).flatMap((waiver: unknown, index) => {
    if (!isObject(waiver)) return [];
    const at = inside(spot, 'waivers', index);
    return [...globMistakes(waiver.rule, inside(at, 'rule')), ...dayMistakes(waiver.expires, inside(at, 'expires'))];
  });
  const never = isObject(waiverPolicy) && Array.isArray(waiverPolicy.never) ? waiverPolicy.never : [];
  const ofPolicy = never.flatMap((rule: unknown, index) =>
    globMistakes(rule, inside(spot, 'waiverPolicy', 'never', index)),
  );
  return [...ofWaivers, ...ofPolicy];
}

function globMistakes(said: unknown, spot: Spot): readonly Diagnostic[] {
  const ids = spot.known.map(({ definition }) => definition.id);
  const rule = String(said);
  if (ids.some((id) => matchesGlob(rule, id))) return [];
  const hint = didYouMean(rule, ids) ?? 'trailproof rules list shows them all';
  return diagnostic(spot, 'value', { message: `no rule is called ${rule}`, hint });
}

function dayMistakes(said: unknown, spot: Spot): readonly Diagnostic[] {
  const day = String(said);
  return isDay(day) ? [] : diagnostic(spot, 'value', { message: `there is no day ${day}` });
}

/** Words that name no rule. */
function wordMistakes(said: unknown, spot: Spot): readonly Diagnostic[] {
  const words = Array.isArray(said) ? said.map(String) : [];
  return words.flatMap((word, index) => {
    if (isWord(word, spot.known)) return [];
    const message = `no rule is called ${word}, nor a severity, family or control`;
    const hint = didYouMean(word, wordsFor(spot.known)) ?? 'trailproof rules list shows them all';
    return diagnostic(inside(spot, index), 'value', { message, hint });
  });
}

/** Keys that are no rule's id. */
function idMistakes(said: unknown, spot: Spot): readonly Diagnostic[] {
  const ids = spot.known.map(({ definition }) => definition.id);
  return namesIn(said).flatMap((id) =>
    ids.includes(id)
      ? []
      : diagnostic(inside(spot, id), 'key', { message: `no rule is called ${id}`, hint: hintAmong(id, ids) }),
  );
}

function parameterMistakes(said: unknown, spot: Spot): readonly Diagnostic[] {
  const definitions = new Map(spot.known.map(({ definition }) => [definition.id, definition]));
  const ofRules = namesIn(said).flatMap((id) => {
    const { parameters: declared = {} } = definitions.get(id) ?? {};
    const values = isObject(said) && definitions.has(id) ? said[id] : undefined;
    return namesIn(values).flatMap((name): readonly Diagnostic[] => {
      const here = inside(spot, id, name);
      const parameter = Object.hasOwn(declared, name) ? declared[name] : undefined;
      if (!parameter) {
        const hint = hintAmong(name, Object.keys(declared));
        return diagnostic(here, 'key', { message: `${id} has no parameter ${name}`, hint });
      }
      const wrong = whyNot(parameter, isObject(values) ? values[name] : undefined);
      return wrong ? diagnostic(here, 'value', { message: `${name} ${wrong}` }) : [];
    });
  });
  return [...idMistakes(said, spot), ...ofRules];
}

const namesIn = (said: unknown): readonly string[] => (isObject(said) ? Object.keys(said) : []);

const inside = (spot: Spot, ...steps: Pointer): Spot => ({ ...spot, pointer: [...spot.pointer, ...steps] });

/** Flags have no place: what is wrong with them is said where they are read. */
function diagnostic(
  { layer, pointer }: Spot,
  what: 'key' | 'value',
  said: Pick<Diagnostic, 'message' | 'hint'>,
): readonly Diagnostic[] {
  return layer.place ? [{ ...layer.place(pointer, what), ...said }] : [];
}

function hintAmong(word: string, known: readonly string[]): string {
  const near = didYouMean(word, known);
  if (near !== undefined) return near;
  if (known.length === 0) return 'it has none';
  return known.length <= 10 ? `it has ${known.join(', ')}` : 'trailproof rules list shows them all';
}
