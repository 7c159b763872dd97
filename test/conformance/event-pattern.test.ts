import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readEmbedded } from '../../src/proof/embedded-json.ts';
import { matchesEventPattern } from '../../src/proof/event-pattern/match.ts';
import { parseEventPattern } from '../../src/proof/event-pattern/parse.ts';
import { conformanceFolder, describeCases, reportCases } from './conformance-folder.ts';

interface Case {
  readonly id: string;
  readonly expected: string;
  readonly input: {
    readonly pattern?: unknown;
    readonly pattern_text?: string;
    readonly event?: unknown;
    readonly event_text?: string;
  };
}

/** Some lines hold numbers that are no JSON beside the text that is meant. */
const readCase = (line: string): Case => JSON.parse(line.replaceAll(/\b-?Infinity\b(?=[\]},])/g, 'null')) as Case;

function answer({ input, expected }: Case): string {
  const pattern = parseEventPattern(input.pattern_text ?? JSON.stringify(input.pattern));
  if ('mistake' in pattern) return 'invalid-pattern';
  if (expected === 'valid-pattern') return 'valid-pattern';
  const event = readEmbedded(input.event_text ?? JSON.stringify(input.event));
  if ('mistake' in event) return 'invalid-event';
  return matchesEventPattern(pattern, event.value) ? 'match' : 'no-match';
}

describeCases('event patterns answer as the engine does', () => {
  const suites = { 'event-ruler': 1153, 'moto-eventpattern': 118, 'event-pattern-vectors': 124 } as const;
  for (const [suite, count] of Object.entries(suites)) {
    const lines = readFileSync(join(conformanceFolder, `${suite}.jsonl`), 'utf8')
      .split('\n')
      .filter(Boolean);
    const cases = lines.map(readCase);
    const differing = cases.filter((one) => answer(one) !== one.expected);
    test(`${suite}: ${count} of ${count}`, () => {
      expect(differing.map((one) => `${one.id}: ${answer(one)}, not ${one.expected}`)).toEqual([]);
      expect(cases.length).toBe(count);
    });
    afterAll(() =>
      reportCases(suite, { ran: cases.length, agreed: cases.length - differing.length, differed: differing.length }),
    );
  }
});
