import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';
import type { Members } from '../../src/collectors/call.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Where the published cases are. They are data to test against and no part of this repository. */
export const conformanceFolder = resolve(root, process.env.TRAILPROOF_CONFORMANCE ?? '../shared/conformance');
export const conformanceIsThere = existsSync(conformanceFolder);

/** A suite over the cases. Where there is no folder there is none, and `conformance-folder.test.ts` says so. */
export function describeCases(title: string, cases: () => void): void {
  if (conformanceIsThere) describe(title, cases);
}

/** One answer of AWS as somebody documented or recorded it. */
export interface RecordedAnswer {
  /** `aws-cli-shapes::cloudtrail/describe-trails` */
  readonly id: string;
  /** `test_cloudtrail_update/cloudtrail.DescribeTrails_2` */
  readonly name: string;
  /** `cloudtrail:DescribeTrails`, as the resource types call it. */
  readonly operation: string;
  readonly response: Members;
}

/** The answers in one file of the folder; none where there is no folder. */
export function recordedAnswers(suite: 'aws-cli-shapes' | 'c7n-recorded-cloudtrail'): readonly RecordedAnswer[] {
  if (!conformanceIsThere) return [];
  const lines = readFileSync(join(conformanceFolder, `${suite}.jsonl`), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map(answerOf);
}

interface Line {
  readonly id: string;
  readonly case: string;
  readonly input: {
    readonly calls: readonly { readonly service: string; readonly operation: string; readonly response: Members }[];
  };
}

function answerOf(line: string): RecordedAnswer {
  // The folder's own README says what a line is.
  const { id, case: name, input } = JSON.parse(line) as Line;
  const [call, ...others] = input.calls;
  if (!call || others.length > 0) throw new Error(`${id} is not one call`);
  return { id, name, operation: `${call.service}:${call.operation}`, response: call.response };
}

/** Says on the terminal how many cases ran: a suite that shrinks to nothing must not look like one that passes. */
export function reportCases(suite: string, counts: Readonly<Record<string, number>>): void {
  const said = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
  process.stdout.write(`conformance ${suite}: ${said.join(', ')}\n`);
}
