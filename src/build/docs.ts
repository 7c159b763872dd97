import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { builtInRules } from '../generated/built-in-rules.js';
import { resourceTypes } from '../resource-types/index.ts';
import { ruleDoc, ruleIndex } from './rule-docs.ts';

const folder = fileURLToPath(new URL('../../docs/rules/', import.meta.url));

/** Writes a page for each built-in rule and the index; pages of rules that are gone go too. */
async function writeRuleDocs(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const pages = new Map([['README.md', ruleIndex(builtInRules)]]);
  for (const rule of builtInRules) pages.set(`${rule.definition.id}.md`, await ruleDoc(rule, resourceTypes));
  for (const name of readdirSync(folder)) if (!pages.has(name)) rmSync(`${folder}${name}`);
  for (const [name, text] of pages) writeFileSync(`${folder}${name}`, text);
}

await writeRuleDocs();
