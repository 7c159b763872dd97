import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { configSchema } from '../cli/config-schema.ts';
import { ruleCasesSchema } from '../evaluation/rule-case-schema.ts';
import { reportSchema } from '../reporters/report-schema.ts';
import { resourceTypes } from '../resource-types/index.ts';
import { loadRuleFiles } from '../rules/load.ts';
import { families } from '../rules/rule.ts';
import { ruleSchema } from '../rules/rule-schema.ts';
import { snapshotSchema } from '../snapshot/snapshot-schema.ts';
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
    snapshot: snapshotSchema(resourceTypes),
    config: configSchema,
    report: reportSchema,
    'rule-cases': ruleCasesSchema,
  };
  for (const [name, schema] of Object.entries(schemas)) {
    write(`${generated}validate-${name}.js`, standaloneValidator(schema));
    write(`${generated}validate-${name}.d.ts`, validatorTypes);
  }
  write(`${generated}built-in-rules.js`, await builtInRules(rule));
  write(`${generated}built-in-rules.d.ts`, builtInTypes);
  write(`${generated}version.js`, `export const version = ${JSON.stringify(packageVersion())};\n`);
  write(`${generated}version.d.ts`, 'export declare const version: string;\n');
  write(`${root}rules/rule.schema.json`, `${JSON.stringify(rule, undefined, 2)}\n`);
  write(`${root}docs/resource-types.md`, referenceOf(resourceTypes));
}

/** The rules as one text to parse: the engine reads JSON faster than the same value as an object literal. */
async function builtInRules(schema: object): Promise<string> {
  const ajv = new Ajv({ strict: false, allErrors: true, discriminator: true, verbose: true });
  const files = await loadRuleFiles([`${root}rules`], { registry: resourceTypes, validate: ajv.compile(schema) });
  const rules = files.map(({ file, definition }) => ({ family: familyOf(file), definition }));
  const sorted = rules.toSorted((a, b) => (a.definition.id < b.definition.id ? -1 : 1));
  return `export const builtInRules = JSON.parse(${JSON.stringify(JSON.stringify(sorted))});\n`;
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

await generate();
