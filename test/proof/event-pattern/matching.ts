import { matchesEventPattern } from '../../../src/proof/event-pattern/match.ts';
import { parseEventPattern } from '../../../src/proof/event-pattern/parse.ts';

/** Whether an event matches a pattern, given as its text or as what the text says; or where its mistake is, and which. */
export function matches(pattern: unknown, event: unknown): boolean | string {
  const parsed = parseEventPattern(typeof pattern === 'string' ? pattern : JSON.stringify(pattern));
  return 'mistake' in parsed ? `${parsed.where}: ${parsed.mistake}` : matchesEventPattern(parsed, event);
}
