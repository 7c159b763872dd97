import type { ReportSchema } from './object-schema.ts';
import { reportSchema } from './report-schema.ts';

/** JSON Schema (draft 7) of one line of `ndjson`. */
export interface LineSchema {
  readonly $schema: string;
  /** One for each kind of line. */
  readonly anyOf: readonly ReportSchema[];
}

const { trailproof = {}, tool = {}, scope = {}, gate = {}, ...parts } = reportSchema.properties ?? {};

const head: ReportSchema = { required: ['trailproof', 'tool', 'scope'], properties: { trailproof, tool, scope, gate } };

const lineOf = (kind: string, { required = [], properties = {} }: ReportSchema = {}): ReportSchema => ({
  type: 'object',
  required: ['kind', ...required],
  properties: { kind: { const: kind }, ...properties },
});

/** What each line of a report in JSON lines is: the parts of a report, each with its kind. */
export const lineSchema: LineSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  anyOf: [
    lineOf('report', head),
    lineOf('finding', parts.findings?.items),
    lineOf('gap', parts.gaps?.items),
    lineOf('waiver', parts.waivers?.items),
    lineOf('baseline', parts.baseline),
    lineOf('coverage', parts.coverage),
    lineOf('summary', parts.summary),
  ],
};
