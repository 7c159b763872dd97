import { type Diagnostic, diagnosticsError } from '../documents/diagnostic.ts';
import { tryDocument } from '../documents/document.ts';
import { inputFiles, readText, shownName } from '../documents/files.ts';
import { schemaDiagnostics, type Validator } from '../documents/schema-errors.ts';
import { didYouMean } from '../documents/suggest.ts';
import type { TextDocument } from '../documents/text-document.ts';
import type { Registry } from '../resource-types/resource-type.ts';
import { newMap } from '../snapshot/remember.ts';
import { isObject } from '../snapshot/resource-view.ts';
import type { Applying } from './applying.ts';
import { isPack, type PackFile, packMistakes, readPack } from './check-pack.ts';
import { type CompileOptions, compileRule, type Rule } from './compile.ts';
import type { Parameters, RuleDefinition } from './rule.ts';
import { wordsIn } from './vocabulary.ts';

export interface RuleFileOptions {
  readonly registry: Registry;
  /** Of `ruleSchema(registry)`. */
  readonly validate: Validator;
  /** Of `packSchema`. */
  readonly validatePack: Validator;
  /** The rules that packs may name beside those of the files. */
  readonly builtIn?: readonly RuleDefinition[];
  readonly stdin?: AsyncIterable<Uint8Array>;
}

/** A rule file that holds what its schema and its types demand. */
export interface RuleFile {
  readonly file: string;
  readonly definition: RuleDefinition;
}

export interface LoadedFiles {
  readonly rules: readonly RuleFile[];
  readonly packs: readonly PackFile[];
}

/** The files of rules and packs among paths: files, and folders with all that is in them; `*.test.yaml` are neither. */
export function ruleFilesIn(paths: readonly string[]): readonly string[] {
  return paths
    .flatMap((path) => inputFiles(path, { code: 'rule', depth: 'deep', endings: ['.yaml', '.yml'] }))
    .filter((file) => !/\.test\.ya?ml$/.test(file));
}

/**
 * Reads and checks files of rules and of packs: every mistake of all files at once, as one AppError, and nothing is
 * evaluated.
 */
export async function loadRuleFiles(paths: readonly string[], options: RuleFileOptions): Promise<LoadedFiles> {
  const read = await Promise.all(ruleFilesIn(paths).map((file) => readRuleFile(file, options)));
  const rules = read.flatMap(({ rule }) => rule ?? []);
  const packs = read.flatMap(({ pack }) => pack ?? []);
  const mistakes = read.flatMap(({ mistakes: own }) => own);
  const twice = [
    ...sameNames(rules.map(({ file, definition }) => ({ file, name: `id ${definition.id}` }))),
    ...sameNames(packs.map(({ file, definition }) => ({ file, name: `name ${definition.pack}` }))),
  ];
  // A rule that cannot be read is not one that is missing.
  const known = [...rules.map(({ definition }) => definition), ...(options.builtIn ?? [])];
  const ofPacks = mistakes.length > 0 ? [] : packs.flatMap((pack) => packMistakes(pack, known));
  const all = [...mistakes, ...twice, ...ofPacks];
  if (all.length > 0) throw diagnosticsError(all, 'rule');
  return { rules, packs };
}

interface Checked {
  readonly rule?: RuleFile;
  readonly pack?: PackFile;
  readonly mistakes: readonly Diagnostic[];
}

async function readRuleFile(path: string, options: RuleFileOptions): Promise<Checked> {
  const file = shownName(path);
  const text = await readText(path, { ...options, code: 'rule', format: 'YAML' });
  const parsed = await tryDocument(text, { file, kind: 'rules' });
  if ('mistake' in parsed) return { mistakes: [parsed.mistake] };
  const { document } = parsed;
  return isPack(document) ? readPack(file, document, options.validatePack) : checkRule(file, document, options);
}

/** Checks one rule: by the schema, and what a schema cannot see. */
export function checkRule(
  file: string,
  document: TextDocument,
  { registry, validate }: Pick<RuleFileOptions, 'registry' | 'validate'>,
): Checked {
  const { value, position } = document;
  const unknownType = resourceMistake(file, document, registry);
  if (unknownType) return { mistakes: [unknownType] };
  if (!validate(value)) return { mistakes: schemaDiagnostics(validate.errors, { file, position }) };
  // The schema has just said that it is one.
  const definition = value as RuleDefinition;
  const { problems } = compileRule(definition, { registry });
  const name = file
    .split(/[/\\]/)
    .at(-1)
    ?.replace(/\.ya?ml$/, '');
  const misnamed =
    name !== definition.id && name !== '<stdin>'
      ? [
          {
            file,
            ...position(['id'], 'value'),
            message: `id ${definition.id} is not the file's name`,
            hint: `call the file ${definition.id}.yaml`,
          },
        ]
      : [];
  const mistakes = [
    ...problems.map(({ pointer, message }) => ({ file, ...position(pointer, 'value'), message })),
    ...misnamed,
  ];
  return mistakes.length > 0 ? { mistakes } : { rule: { file, definition }, mistakes };
}

/** A wrong resource type makes every other message about the rule worthless. */
function resourceMistake(file: string, { value, position }: TextDocument, registry: Registry): Diagnostic | undefined {
  const resource = isObject(value) ? value.resource : undefined;
  if (resource === undefined || (typeof resource === 'string' && Object.hasOwn(registry, resource))) return undefined;
  const names = Object.keys(registry);
  const message = `${typeof resource === 'string' ? resource : JSON.stringify(resource)} is not a resource type`;
  const near = typeof resource === 'string' ? didYouMean(resource, names) : undefined;
  return { file, ...position(['resource'], 'value'), message, hint: near ?? `known are ${names.join(', ')}` };
}

function sameNames(named: readonly { readonly file: string; readonly name: string }[]): readonly Diagnostic[] {
  return [...Map.groupBy(named, ({ name }) => name)].flatMap(([name, files]) =>
    files.slice(1).map(({ file }) => ({
      file,
      line: 1,
      column: 1,
      message: `the ${name} is taken`,
      hint: `${files[0]?.file} has it too`,
    })),
  );
}

/** Compiles chosen rules with the parameters that somebody set; a parameter that does not fit is an AppError. */
export function compileRules(
  definitions: readonly RuleDefinition[],
  {
    parameters = {},
    ...options
  }: Omit<CompileOptions, 'parameters'> & {
    readonly parameters?: Parameters;
  },
): { readonly rules: readonly Rule[]; readonly mistakes: readonly string[] } {
  const together = { words: wordsIn(options.registry), applying: newMap<string, Applying>() };
  const compiled = definitions.map((definition) => {
    const own = Object.hasOwn(parameters, definition.id) ? parameters[definition.id] : undefined;
    const declared = Object.keys(definition.parameters ?? {});
    const strange = Object.keys(own ?? {}).filter((name) => !declared.includes(name));
    const { rule, problems } = compileRule(definition, { ...options, ...together, ...(own && { parameters: own }) });
    return {
      rule,
      mistakes: [
        ...strange.map((name) => `${definition.id} has no parameter ${name}${hintAmong(name, declared)}`),
        ...problems.map(({ message }) => `${definition.id}: ${message}`),
      ],
    };
  });
  return { rules: compiled.map(({ rule }) => rule), mistakes: compiled.flatMap(({ mistakes }) => mistakes) };
}

const hintAmong = (name: string, declared: readonly string[]): string =>
  declared.length === 0 ? '; it has none' : `; ${didYouMean(name, declared) ?? `it has ${declared.join(', ')}`}`;
