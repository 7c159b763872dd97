import type { Import } from './imports.ts';

/** What each folder of `src` may import from; `errors` is the one module that stands beside the folders. */
export const arrows: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  documents: ['errors'],
  'resource-types': ['errors'],
  snapshot: ['errors', 'documents', 'resource-types'],
  proof: ['errors', 'documents', 'resource-types', 'snapshot'],
  rules: ['errors', 'documents', 'resource-types', 'snapshot', 'proof'],
  evaluation: ['errors', 'resource-types', 'snapshot', 'proof', 'rules'],
  reporters: ['errors', 'resource-types', 'snapshot', 'proof', 'rules', 'evaluation', 'generated'],
  collectors: ['errors', 'documents', 'resource-types', 'snapshot'],
  sources: ['errors', 'documents', 'resource-types', 'snapshot', 'collectors'],
  senders: ['errors', 'resource-types', 'snapshot', 'evaluation', 'reporters', 'collectors', 'sources'],
  generated: ['documents', 'rules'],
  cli: [
    ...['errors', 'documents', 'resource-types', 'snapshot', 'proof', 'rules', 'evaluation', 'reporters'],
    ...['collectors', 'sources', 'senders', 'generated'],
  ],
  api: [
    ...['errors', 'documents', 'resource-types', 'snapshot', 'proof', 'rules', 'evaluation', 'reporters'],
    ...['collectors', 'sources', 'generated', 'cli'],
  ],
  action: ['errors', 'rules', 'evaluation', 'reporters'],
  build: [
    ...['errors', 'documents', 'resource-types', 'snapshot', 'rules', 'evaluation', 'reporters'],
    ...['cli', 'generated'],
  ],
  commands: [
    ...['errors', 'documents', 'resource-types', 'snapshot', 'proof', 'rules', 'evaluation', 'reporters'],
    ...['collectors', 'sources', 'generated', 'cli'],
  ],
};

interface Door {
  readonly packages: RegExp;
  /** Folders (`cli/`) and files that may import them. */
  readonly values: readonly string[];
  /** And those that may import types alone; `*` is everybody. */
  readonly types: readonly string[];
}

/** Packages that only some may import. */
const doors: readonly Door[] = [
  { packages: /^@(aws-sdk|smithy|aws)\//, values: ['collectors/', 'sources/'], types: ['resource-types/'] },
  { packages: /^@oclif\//, values: ['cli/', 'commands/', 'build/'], types: [] },
  { packages: /^node:fs\b/, values: ['documents/files.ts', 'sources/', 'cli/', 'build/', 'action/'], types: [] },
  { packages: /^ajv\b/, values: ['build/'], types: ['*'] },
  { packages: /^yaml$/, values: ['documents/', 'cli/'], types: ['*'] },
  { packages: /^rolldown\b/, values: ['build/'], types: [] },
  { packages: /^node:module$/, values: ['cli/main.ts'], types: [] },
  { packages: /^@octokit\//, values: ['action/'], types: [] },
  { packages: /^node:child_process$/, values: ['action/', 'build/'], types: ['*'] },
  { packages: /^node:https?$/, values: ['senders/post.ts'], types: ['*'] },
  { packages: /^node:(cluster|dgram|http2|net|tls|vm|worker_threads)$/, values: [], types: ['*'] },
];

/** Every import that goes against an arrow or through a closed door, and every cycle: one line each, sorted. */
export function violations(imports: readonly Import[]): readonly string[] {
  return [...new Set([...imports.flatMap(problemOf), ...cycles(imports)])].toSorted();
}

/** Folders and top-level modules that the table does not know. */
export function strangers(modules: readonly string[]): readonly string[] {
  return [...new Set(modules.map(layerOf))].filter((layer) => !Object.hasOwn(arrows, layer)).toSorted();
}

function problemOf({ from, of, to, kind }: Import): readonly string[] {
  if (of === 'expression') return [`${from} imports what only a run could tell`];
  if (of === 'package') return isOpen({ from, to, kind }) ? [] : [`${from} may not import ${kind}s of ${to}`];
  if (to.startsWith('../')) return [`${from} leaves src: ${to}`];
  const [own, other] = [layerOf(from), layerOf(to)];
  if (own === other || arrows[own]?.includes(other)) return [];
  return [`${own} may not import ${other}: ${from} → ${to}`];
}

function isOpen({ from, to, kind }: Omit<Import, 'of'>): boolean {
  const door = doors.find(({ packages }) => packages.test(to));
  if (!door) return true;
  const open = kind === 'type' ? [...door.values, ...door.types] : door.values;
  return open.some((place) => place === '*' || place === from || (place.endsWith('/') && from.startsWith(place)));
}

const layerOf = (path: string): string => (path.split('/')[0] ?? path).replace(/\.ts$/, '');

/** Each ring of modules that load each other, told from its first module by name. */
function cycles(imports: readonly Import[]): readonly string[] {
  const edges = Map.groupBy(
    imports.filter(({ of, kind }) => of === 'module' && kind === 'value'),
    ({ from }) => from,
  );
  const next = (module: string): readonly string[] => (edges.get(module) ?? []).map(({ to }) => to);
  return [...edges.keys()].toSorted().flatMap((start) => {
    const ring = wayBack(start, next);
    return ring && ring.toSorted()[0] === start ? [`cycle: ${[...ring, start].join(' → ')}`] : [];
  });
}

/** The shortest way from a module back to itself. */
function wayBack(start: string, next: (module: string) => readonly string[]): readonly string[] | undefined {
  const ways: (readonly string[])[] = [[start]];
  const seen = new Set<string>();
  for (const way of ways) {
    for (const module of next(way.at(-1) ?? start)) {
      if (module === start) return way;
      if (seen.has(module)) continue;
      seen.add(module);
      ways.push([...way, module]);
    }
  }
  return undefined;
}
