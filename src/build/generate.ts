import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { configSchema } from '../cli/config-schema.ts';
import { baselineSchema } from '../evaluation/baseline-schema.ts';
import { ruleCasesSchema } from '../evaluation/rule-case-schema.ts';
import { reportSchema } from '../reporters/report-schema.ts';
import { resourceTypes } from '../resource-types/index.ts';
import { loadRuleFiles } from '../rules/load.ts';
import { controlsIn, type PackDefinition } from '../rules/pack.ts';
import { packSchema } from '../rules/pack-schema.ts';
import { families } from '../rules/rule.ts';
import { ruleSchema } from '../rules/rule-schema.ts';
import { organizationSchema } from '../snapshot/organization-schema.ts';
import { snapshotSchema } from '../snapshot/snapshot-schema.ts';
import { htmlPage, htmlPageTypes } from './html-page.ts';
import { publishedSchemas } from './published-schemas.ts';
import { referenceOf } from './reference.ts';
import { standaloneValidator } from './standalone.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const generated = `${root}src/generated/`;

/** Everything that would take time at each start, worked out once: validators, built-in rules, the rules' schema; and the reference. */
async function generate(): Promise<void> {
  const rule = ruleSchema(resourceTypes);
  mkdirSync(generated, { recursive: true });
  const schemas = {
    rule,
    pack: packSchema,
    snapshot: snapshotSchema(resourceTypes),
    organization: organizationSchema,
    config: configSchema,
    report: reportSchema,
    baseline: baselineSchema,
    'rule-cases': ruleCasesSchema,
  };
  for (const [name, schema] of Object.entries(schemas)) {
    write(`${generated}validate-${name}.js`, standaloneValidator(schema));
    write(`${generated}validate-${name}.d.ts`, validatorTypes);
  }
  const { rules, packs } = await builtIn(rule);
  write(`${generated}built-in-rules.js`, rules);
  write(`${generated}built-in-rules.d.ts`, builtInTypes);
  mkdirSync(`${generated}packs`, { recursive: true });
  for (const pack of packs) {
    write(`${generated}packs/${pack.pack}.js`, `export const pack = ${asJson(pack)};\n`);
    write(`${generated}packs/${pack.pack}.d.ts`, packTypes);
  }
  write(`${generated}built-in-packs.js`, packIndex(packs));
  write(`${generated}built-in-packs.d.ts`, packIndexTypes);
  write(`${generated}html-page.js`, await htmlPage(`${root}src/reporters/html/page/`));
  write(`${generated}html-page.d.ts`, htmlPageTypes);
  write(`${generated}version.js`, `export const version = ${JSON.stringify(packageVersion())};\n`);
  write(`${generated}version.d.ts`, 'export declare const version: string;\n');
  write(`${root}rules/rule.schema.json`, `${JSON.stringify(rule, undefined, 2)}\n`);
  write(`${root}schemas/config.schema.json`, `${JSON.stringify(configSchema, undefined, 2)}\n`);
  write(`${root}rules/pack.schema.json`, `${JSON.stringify(packSchema, undefined, 2)}\n`);
  mkdirSync(`${root}schemas`, { recursive: true });
  for (const [name, schema] of Object.entries(publishedSchemas()))
    write(`${root}schemas/${name}`, `${JSON.stringify(schema, undefined, 2)}\n`);
  write(`${root}docs/resource-types.md`, referenceOf(resourceTypes));
}

/** The rules, each with the requirements that the packs say it answers, and the packs. */
async function builtIn(schema: object) {
  const ajv = new Ajv({ strict: false, allErrors: true, discriminator: true, verbose: true });
  const files = await loadRuleFiles([`${root}rules`], {
    registry: resourceTypes,
    validate: ajv.compile(schema),
    validatePack: ajv.compile(packSchema),
  });
  const packs = files.packs.map(({ definition }) => definition);
  const controls = controlsIn(packs);
  const rules = files.rules.map(({ file, definition }) => {
    const answered = controls.get(definition.id);
    return {
      family: familyOf(file),
      definition: { ...definition, ...(answered && { controls: answered }) },
    };
  });
  const sorted = rules.toSorted((a, b) => (a.definition.id < b.definition.id ? -1 : 1));
  return { rules: `export const builtInRules = ${asJson(sorted)};\n`, packs };
}

/** One text to parse: the engine reads JSON faster than the same value as an object literal. */
const asJson = (value: unknown): string => `JSON.parse(${JSON.stringify(JSON.stringify(value))})`;

/** Each pack by its name, behind `import()`: a run needs few of them. */
function packIndex(packs: readonly PackDefinition[]): string {
  const names = packs.map(({ pack }) => JSON.stringify(pack)).toSorted();
  const lines = names.map(
    (name) => `  ${name}: () => import(${name.replace('"', '"./packs/').replace(/"$/, '.js"')}),`,
  );
  return `export const builtInPacks = {\n${lines.join('\n')}\n};\n`;
}

/** For those who call functions: the command line has it from its framework. */
const packageVersion = (): string => JSON.parse(readFileSync(`${root}package.json`, 'utf8')).version;

function familyOf(file: string): string {
  const [, folder] = relative(root, file).split(/[/\\]/);
  const family = families.find((name) => name === folder);
  if (!family) throw new Error(`${file} stands in no family's folder: ${families.join(', ')}`);
  return family;
}

/** A file that is current keeps its time, so that nothing that watches it starts in vain. */
function write(path: string, text: string): void {
  if (textOf(path) !== text) writeFileSync(path, text);
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

const validatorTypes = `import type { Validator } from '../documents/schema-errors.ts';
export declare const validate: Validator;
`;

const builtInTypes = `import type { RuleDefinition } from '../rules/rule.ts';
export declare const builtInRules: readonly { readonly family: string; readonly definition: RuleDefinition }[];
`;

const packTypes = `import type { PackDefinition } from '../../rules/pack.ts';
export declare const pack: PackDefinition;
`;

const packIndexTypes = `import type { PackDefinition } from '../rules/pack.ts';
export declare const builtInPacks: Readonly<Record<string, () => Promise<{ readonly pack: PackDefinition }>>>;
`;

await generate();
