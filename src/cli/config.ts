import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { type Diagnostic, diagnosticsError, type Pointer, throwDiagnostics } from '../documents/diagnostic.ts';
import { parseDocument } from '../documents/document.ts';
import { readText } from '../documents/files.ts';
import { schemaDiagnostics } from '../documents/schema-errors.ts';
import { didYouMean } from '../documents/suggest.ts';
import type { TextDocument } from '../documents/text-document.ts';
import type { GatePolicy } from '../evaluation/gate.ts';
import { whyNot } from '../rules/compile.ts';
import type { Parameters, RuleDefinition } from '../rules/rule.ts';
import type { CriticalSelector } from '../snapshot/resource-view.ts';
import { isPackName } from './packs.ts';
import {
  mergeWaiving,
  noWaiving,
  type Waiving,
  type WrittenWaiving,
  waiverDayMistakes,
  waiverRuleMistakes,
  waivingOf,
} from './waiving.ts';

/** Which accounts a scan reads, if not the one of the credentials. */
export interface TargetsConfig {
  readonly organization?:
    | true
    | {
        readonly ous?: readonly string[];
        readonly tags?: Readonly<Record<string, string | readonly string[]>>;
        readonly exclude?: readonly string[];
      };
  /** Ids. */
  readonly accounts?: readonly string[];
  readonly roleName?: string;
  readonly externalId?: string;
  /** The role that enters the others. */
  readonly roleArn?: string;
}

/** `trailproof.yaml` (design §7): how an account of one's own is judged. */
export interface Config {
  /** Packs, and paths of rules from the working directory on; empty: the recommended ones. */
  readonly rules: readonly string[];
  /** By rule id. */
  readonly parameters: Parameters;
  readonly critical: readonly CriticalSelector[];
  readonly targets?: TargetsConfig;
  readonly waiving: Waiving;
  readonly failOn?: GatePolicy['failOn'];
  /** The file, for mistakes that only show beside the rules; undefined: there is none. */
  readonly source?: { readonly file: string; readonly position: TextDocument['position'] };
}

const defaultFile = 'trailproof.yaml';

/** Reads the named config, else the one in the working directory, else none. Mistakes are AppErrors with their place. */
export async function readConfig(named: string | undefined): Promise<Config> {
  const file = named ?? (existsSync(defaultFile) ? defaultFile : undefined);
  if (file === undefined) return { rules: [], parameters: {}, critical: [], waiving: noWaiving };
  const text = await readText(file, { code: 'config', format: 'YAML' });
  return configOf(await parseDocument(text, { file, kind: 'config' }), file);
}

/** The config that a document holds; its paths start beside it. Mistakes are AppErrors with their place. */
export async function configOf({ value, position }: TextDocument, file: string): Promise<Config> {
  const { validate } = await import('../generated/validate-config.js');
  if (!validate(value)) throw diagnosticsError(schemaDiagnostics(validate.errors, { file, position }), 'config');
  // The schema has just said so.
  const written = value as Partial<Omit<Config, 'rules'>> &
    WrittenWaiving & { readonly rules?: string | readonly string[] };
  const { targets } = written;
  if (targets && !targets.organization && !targets.accounts) {
    const at = { file, ...position(['targets'], 'key') };
    const hint = 'it needs organization or accounts';
    throw diagnosticsError([{ ...at, message: 'targets names no account', hint }], 'config');
  }
  const waiving = waivingOf(written, { file, position });
  throwDiagnostics(waiverDayMistakes(waiving, { file, position }), 'config');
  return {
    rules: [written.rules ?? []]
      .flat()
      .map((path) => (isPackName(path) || isAbsolute(path) ? path : join(dirname(file), path))),
    parameters: written.parameters ?? {},
    critical: written.critical ?? [],
    ...(targets && { targets }),
    waiving,
    ...(written.failOn && { failOn: written.failOn }),
    source: { file, position },
  };
}

/** The later config over the earlier one: parameters name by name, waivers together, all else as a whole. */
export function mergeConfigs(under: Config, over: Config): Config {
  const failOn = over.failOn ?? under.failOn;
  return {
    rules: over.rules.length > 0 ? over.rules : under.rules,
    parameters: mergeParameters(under.parameters, over.parameters),
    critical: over.critical.length > 0 ? over.critical : under.critical,
    waiving: mergeWaiving(under.waiving, over.waiving),
    ...(failOn && { failOn }),
  };
}

/** The later parameters over the earlier ones, name by name. */
export function mergeParameters(under: Parameters, over: Parameters): Parameters {
  const ids = new Set([...Object.keys(under), ...Object.keys(over)]);
  const own = (parameters: Parameters, id: string) => (Object.hasOwn(parameters, id) ? parameters[id] : undefined);
  return Object.fromEntries([...ids].map((id) => [id, { ...own(under, id), ...own(over, id) }]));
}

/** What the config says of rules and parameters that are not there, or of values that do not fit. */
export function configMistakes(
  { parameters, waiving, source }: Config,
  definitions: readonly RuleDefinition[],
): readonly Diagnostic[] {
  if (!source) return [];
  const known = new Map(definitions.map((definition) => [definition.id, definition]));
  const at = (
    pointer: Pointer,
    what: 'key' | 'value',
    said: { readonly message: string; readonly hint?: string },
  ): Diagnostic => ({
    file: source.file,
    ...source.position(['parameters', ...pointer], what),
    ...said,
  });
  const ofParameters = Object.entries(parameters).flatMap(([id, values]) => {
    const definition = known.get(id);
    if (!definition)
      return at([id], 'key', { message: `no rule is called ${id}`, ...hintAmong(id, [...known.keys()]) });
    return Object.entries(values).flatMap(([name, value]) => {
      const declared = definition.parameters ?? {};
      const parameter = Object.hasOwn(declared, name) ? declared[name] : undefined;
      if (!parameter)
        return at([id, name], 'key', {
          message: `${id} has no parameter ${name}`,
          ...hintAmong(name, Object.keys(declared)),
        });
      const wrong = whyNot(parameter, value);
      return wrong ? at([id, name], 'value', { message: `${name} ${wrong}` }) : [];
    });
  });
  return [...ofParameters, ...waiverRuleMistakes(waiving, source, [...known.keys()])];
}

function hintAmong(word: string, known: readonly string[]): { readonly hint?: string } {
  const near = didYouMean(word, known);
  if (near !== undefined) return { hint: near };
  if (known.length === 0) return { hint: 'it has none' };
  return { hint: known.length <= 10 ? `it has ${known.join(', ')}` : 'trailproof rules list shows them all' };
}
