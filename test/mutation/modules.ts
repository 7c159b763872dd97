/** What is mutated together, and the unit tests that should notice. Every file of src/proof and src/evaluation is in one. */
export interface Module {
  readonly sources: readonly string[];
  readonly tests: readonly string[];
}

const proof = (...names: readonly string[]): readonly string[] => names.map((name) => `src/proof/${name}`);
const tests = (...names: readonly string[]): readonly string[] => names.map((name) => `test/proof/${name}.test.ts`);

const evaluation = (name: string): string => `test/evaluation/${name}.test.ts`;

export const modules: Readonly<Record<string, Module>> = {
  selectors: {
    sources: proof('selectors.ts', 'calls-on-buckets.ts', 'insights.ts', 'refusals.ts', 'text-index.ts'),
    tests: tests(
      ...['selectors', 'selectors-basic', 'calls-on-buckets', 'refusals', 'text-index', 'insights', 'coverage'],
      'other-categories',
    ),
  },
  coverage: {
    sources: proof(
      ...['coverage.ts', 'kind-coverage.ts', 'may-meet.ts', 'smallest-cover.ts', 'try-events.ts', 'values-to-try.ts'],
      ...['event-set.ts', 'glance.ts', 'realities.ts', 'event-catalogue.ts', 'possible-events.ts', 'event-class.ts'],
      ...['resource-arn.ts', 'anything-else.ts', 'glob.ts', 'witness-text.ts'],
    ),
    tests: tests(
      ...['coverage', 'coverage-together', 'coverage-undecided', 'smallest-cover', 'values-to-try', 'event-set'],
      ...['realities', 'resource-arn', 'event-catalogue', 'possible-events', 'event-class', 'glob', 'witness-text'],
      ...['other-categories', 'records', 'edge-cases'],
    ),
  },
  records: {
    sources: proof(
      ...['records.ts', 'union.ts', 'recorder.ts', 'places.ts', 'leaf.ts', 'answer.ts', 'management-event-copies.ts'],
      ...['log-buckets.ts', 'records-itself.ts'],
    ),
    tests: tests(
      ...['management-event-copies', 'log-buckets', 'records-itself'],
      ...['records', 'records-{examples,lake,regions,resources}', 'recorder', 'union', 'leaf', 'places', 'answer'],
      ...['other-categories', 'edge-cases'],
    ),
  },
  retention: {
    sources: proof(
      ...['keeps.ts', 'set-days.ts', 'folders.ts', 'log-writers.ts', 'key-space.ts', 'bucket-retention.ts'],
      ...[
        'lifecycle.ts',
        'lifecycle-rule.ts',
        'kept-days.ts',
        'object-lock.ts',
        'span.ts',
        'retention.ts',
        'facts.ts',
        'facts/*.ts',
      ],
      'replicated.ts',
    ),
    tests: tests(
      ...['keeps*', 'set-days', 'folders', 'key-space', 'bucket-retention*', 'lifecycle', 'kept-days'],
      ...['worked-table', 'object-lock', 'span', 'facts', 'edge-cases', 'replicated'],
    ),
  },
  delivery: {
    sources: proof(
      ...[
        'delivery.ts',
        'bucket-accepts.ts',
        'key-usable.ts',
        'key-qualities.ts',
        'as-cloudtrail.ts',
        'permits.ts',
        'notifies.ts',
        'limits.ts',
        'of-bucket.ts',
        'digests-permitted.ts',
        'policy/*.ts',
        'organization-owner.ts',
      ],
    ),
    tests: tests(
      'organization-owner',
      'notifies',
      'delivery',
      'bucket-accepts*',
      'key-usable',
      'permits',
      'policy/*',
      'limits',
      'digests-permitted',
      'edge-cases',
    ),
  },
  config: {
    sources: proof('config-recorder.ts', 'config-aggregator.ts'),
    tests: tests('config-recorder', 'config-aggregator'),
  },
  queries: {
    sources: proof(
      'queryable.ts',
      'log-tables.ts',
      'table-cover.ts',
      'partitions.ts',
      'day-folders.ts',
      'query-results.ts',
    ),
    tests: tests('queryable', 'query-results'),
  },
  denies: {
    sources: proof('denies.ts', 'service-control/*.ts', 'organization-path.ts'),
    tests: [...tests('denies'), evaluation('overrides')],
  },
  intercepting: {
    sources: proof(
      ...['backed-by-trail.ts', 'event-rule-pattern.ts', 'event-rule-reads.ts', 'event-rule-targets.ts'].map(
        (name) => `alerting/${name}`,
      ),
      'shared-with.ts',
    ),
    tests: tests('alerting/event-rule-facts', 'alerting/event-rules', 'alerting/envelopes', 'shared-with'),
  },
  principals: {
    sources: proof('grants.ts', 'identity-policies.ts', 'logs-role.ts', 'role-policies.ts'),
    tests: tests('grants', 'logs-role', 'role-policies'),
  },
  chain: {
    sources: proof('chain.ts', 'store-key.ts'),
    tests: tests('chain*', 'store-key'),
  },
  'event-pattern': {
    sources: proof('event-pattern/*.ts', 'record-composites.ts'),
    tests: tests('event-pattern/*'),
  },
  'filter-pattern': {
    sources: proof('filter-pattern/*.ts', 'embedded-json.ts'),
    tests: tests('filter-pattern/*', 'embedded-json'),
  },
  alarms: {
    sources: proof(
      ...['alarm.ts', 'alarm-rule.ts', 'alarmed.ts', 'expression.ts', 'filter-routes.ts', 'is.ts', 'log-group.ts'].map(
        (name) => `alerting/${name}`,
      ),
      'alerting/risen.ts',
      'alerting/written.ts',
    ),
    tests: tests(
      ...['alarms', 'alarm-rule', 'alerts', 'composites', 'evidence', 'expressions', 'hostile', 'is', 'log-groups'].map(
        (name) => `alerting/${name}`,
      ),
      ...['alerting/mute-rules', 'alerting/other-filters', 'alerting/regions', 'alerting/unknowns'],
      'alerting/unknowns-of-rules',
    ),
  },
  notice: {
    sources: proof(
      ...['alerts.ts', 'alike.ts', 'envelope.ts', 'event-rule-routes.ts', 'key.ts', 'notice.ts', 'notifier.ts'].map(
        (name) => `alerting/${name}`,
      ),
      ...[
        'alerting/happening.ts',
        'alerting/listing.ts',
        'alerting/permitted.ts',
        'alerting/route.ts',
        'alerting/topic.ts',
        'alerting/unread.ts',
      ],
    ),
    tests: tests(
      ...['about-records', 'actions', 'alerts', 'completeness', 'envelopes', 'event-rules', 'evidence'].map(
        (name) => `alerting/${name}`,
      ),
      ...['evidence-of-notice', 'hostile', 'regions', 'topics', 'unknowns', 'unknowns-of-rules'].map(
        (name) => `alerting/${name}`,
      ),
    ),
  },
  auditing: {
    sources: proof('alerting/auditing.ts', 'alerting/audit-alarms.ts'),
    tests: tests('alerting/auditing'),
  },
  evaluation: {
    sources: ['src/evaluation/*.ts'],
    // Without evidence.test.ts, which asks all rules about all cases for each mutant.
    tests: [
      ...['evaluate', 'said-once', 'sentence', 'fingerprint', 'gate', 'tally', 'remediation', 'diff'].map(evaluation),
      ...['case-snapshot', 'coverage', 'framework', 'mutants', 'overrides', 'rule-case-schema'].map(evaluation),
      ...['rule-test', 'waivers', 'baseline', 'gone', 'calendar', 'idle-critical'].map(evaluation),
      'test/rules/compile.test.ts',
    ],
  },
};
