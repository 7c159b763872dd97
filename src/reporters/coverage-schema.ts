import type {
  AccountCoverage,
  ClassCoverage,
  CoverageChain,
  CoverageLink,
  ReportCoverage,
} from '../evaluation/coverage.ts';
import { count, list, objectOf, oneOf, text } from './object-schema.ts';

const truth = oneOf(['yes', 'no', 'unknown']);
const link = oneOf(['recorded by', 'delivered to', 'encrypted with', 'kept for', 'noticed by']);

const chain = objectOf<CoverageChain>()(
  {
    regions: list(text),
    links: list(objectOf<CoverageLink>()({ name: link, holds: truth }, {})),
    part: truth,
    broken: link,
    why: text,
  },
  { part: true, broken: true, why: true },
);

const classCoverage = objectOf<ClassCoverage>()({ events: text, chains: list(chain) }, {});
const accountCoverage = objectOf<AccountCoverage>()({ account: text, classes: list(classCoverage) }, {});
/** What a report says of what becomes of events. */
export const coverageSchema = objectOf<ReportCoverage>()({ days: count, accounts: list(accountCoverage) }, {});
