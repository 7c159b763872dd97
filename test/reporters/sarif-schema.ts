import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';

/** What the OASIS schema of SARIF 2.1.0 finds wrong. */
export function sarifSchemaErrors(log: unknown): readonly string[] {
  const path = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  // It calls itself draft 4, which AJV does not know, but uses nothing that draft 7 reads otherwise.
  const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(path, 'utf8'));
  const formats = { uri: isUri, 'uri-reference': isUriReference, 'date-time': true } as const;
  // One of its patterns holds a stray bracket, which only the older syntax of patterns lets pass.
  const validate = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false, formats }).compile(schema);
  return validate(log) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const isUri = (text: string): boolean => URL.canParse(text);
const isUriReference = (text: string): boolean => /^[\w.~:/?#@!$&'()*+,;=%-]*$/.test(text);
