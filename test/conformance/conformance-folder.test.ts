import { expect, test } from 'vitest';
import { conformanceFolder, conformanceIsThere, recordedAnswers } from './conformance-folder.ts';

const advice = `there is no conformance folder at ${conformanceFolder}: set TRAILPROOF_CONFORMANCE to where the cases are`;
const isSkipped = !conformanceIsThere && process.env.CI !== 'true';
const title = isSkipped
  ? `NO CONFORMANCE CASE RAN, ALL OF THEM WERE SKIPPED: ${advice}`
  : 'the published cases are there';

// Most reporters do not print the names of skipped tests.
if (isSkipped) process.stdout.write(`${title}\n`);

// One of two that may be skipped: somebody who cloned the project has no such folder.
test.skipIf(isSkipped)(title, () => {
  expect(conformanceIsThere, advice).toBe(true);
  expect(recordedAnswers('aws-cli-shapes')).toHaveLength(111);
  expect(recordedAnswers('c7n-recorded-cloudtrail')).toHaveLength(28);
});
