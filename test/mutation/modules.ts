/** What is mutated together, and the unit tests that should notice. Every file of src/proof and src/evaluation is in one. */
export interface Module {
  readonly sources: readonly string[];
  readonly tests: readonly string[];
}

const proof = (...names: readonly string[]): readonly string[] => names.map((name) => `src/proof/${name}`);
const tests = (...names: readonly string[]): readonly string[] => names.map((name) => `test/proof/${name}.test.ts`);

export const modules: Readonly<Record<string, Module>> = {
  selectors: {
    sources: proof('selectors.ts', 'insights.ts', 'refusals.ts', 'text-index.ts'),
    tests: tests('selectors', 'selectors-basic', 'refusals', 'text-index', 'insights', 'coverage', 'other-categories'),
  },
  coverage: {
    sources: proof(
      ...['coverage.ts', 'may-meet.ts', 'smallest-cover.ts', 'values-to-try.ts', 'event-set.ts', 'glance.ts'],
      ...['realities.ts', 'event-catalogue.ts', 'event-class.ts', 'glob.ts', 'witness-text.ts'],
    ),
    tests: tests('coverage', 'event-class', 'glob', 'other-categories', 'records', 'edge-cases'),
  },
  records: {
    sources: proof('records.ts', 'union.ts', 'recorder.ts', 'places.ts', 'leaf.ts', 'answer.ts'),
    tests: tests(
      ...['records', 'records-{examples,lake,regions,resources}', 'recorder', 'union', 'leaf', 'places', 'answer'],
      ...['other-categories', 'edge-cases'],
    ),
  },
  retention: {
    sources: proof(
      ...['keeps.ts', 'folders.ts', 'bucket-retention.ts', 'lifecycle.ts', 'kept-days.ts', 'object-lock.ts'],
      ...['span.ts', 'retention.ts', 'facts.ts'],
    ),
    tests: tests('keeps', 'bucket-retention', 'lifecycle', 'kept-days', 'facts', 'edge-cases'),
  },
  delivery: {
    sources: proof('delivery.ts', 'bucket-accepts.ts', 'key-usable.ts', 'permits.ts', 'policy/*.ts', 'chain.ts'),
    tests: tests('delivery', 'permits', 'chain', 'edge-cases'),
  },
  'event-pattern': {
    sources: proof('event-pattern/*.ts'),
    tests: tests('event-pattern/event-pattern'),
  },
  'filter-pattern': {
    sources: proof('filter-pattern/*.ts', 'embedded-json.ts'),
    tests: tests('filter-pattern/filter-pattern'),
  },
  alerting: {
    sources: proof('alerting/*.ts'),
    tests: tests('alerting/*', 'edge-cases'),
  },
  evaluation: {
    sources: ['src/evaluation/*.ts'],
    tests: ['test/evaluation/*.test.ts', 'test/rules/compile.test.ts', 'test/rules/relations.test.ts'],
  },
};
