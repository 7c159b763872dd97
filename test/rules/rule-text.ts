import { formatDiagnostic } from '../../src/documents/diagnostic.ts';
import { parseDocument } from '../../src/documents/document.ts';
import { resourceTypes } from '../../src/resource-types/index.ts';
import { checkRule } from '../../src/rules/load.ts';
import { validateRule } from './built-in-rules.ts';

/** A rule as a file `x.yaml`; `body` begins in line 6. */
export const ruleText = (body: string, resource = 'AWS::CloudTrail::Trail'): string =>
  `id: x\ntitle: X\nseverity: low\nwhy: Because.\nresource: ${resource}\n${body}\n`;

/** What is said of a rule file, a line each. */
export async function mistakesIn(text: string): Promise<readonly string[]> {
  const document = await parseDocument(text, { file: 'x.yaml', kind: 'rules' });
  return checkRule('x.yaml', document, { registry: resourceTypes, validate: validateRule }).mistakes.map(
    formatDiagnostic,
  );
}
