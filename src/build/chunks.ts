import { fileURLToPath } from 'node:url';
import type { ChunkingContext, CodeSplittingGroup } from 'rolldown';

const source = (file: string): string => fileURLToPath(new URL(`../${file}`, import.meta.url));

const start = source('cli/run.ts');
const check = source('commands/check.ts');
const programs = source('api/index.ts');
const yaml = source('documents/yaml-document.ts');
const rules = [source('generated/built-in-rules.js'), source('generated/packs/recommended.js')];

/**
 * The chunks of what a check loads: what every command does, what accounts are judged with, the rest of its own, and
 * what it reads when it needs it. What programs load too is by itself, for they load no command line. The bundler would
 * make a chunk for each way in which commands share modules, thirty for a check; and a file takes the start of a process
 * half a millisecond, however short it is.
 */
export const groups: readonly CodeSplittingGroup[] = [
  group('common', (module, loadedWith) => loadedWith(start).has(module) && loadedWith(programs).has(module)),
  group('start', (module, loadedWith) => loadedWith(start).has(module)),
  group('judging', (module, loadedWith) => loadedWith(check).has(module) && loadedWith(programs).has(module)),
  group('reporting', (module, loadedWith) => loadedWith(check).has(module) && module !== check),
  group('yaml', (module, loadedWith) => loadedWith(yaml).has(module)),
  group('rules', (module) => rules.includes(module)),
];

/** The modules that are loaded with one: those that it imports, and so on. */
type LoadedWith = (module: string) => ReadonlySet<string>;

/** A module that is in one takes along what it imports; those before it have had theirs then. */
function group(name: string, holds: (module: string, loadedWith: LoadedWith) => boolean): CodeSplittingGroup {
  const known = new Map<string, ReadonlySet<string>>();
  const loadedWith = (context: ChunkingContext) => (module: string) => {
    const before = known.get(module);
    if (before) return before;
    const loaded = new Set([module]);
    for (const each of loaded)
      for (const imported of context.getModuleInfo(each)?.importedIds ?? []) loaded.add(imported);
    known.set(module, loaded);
    return loaded;
  };
  return {
    name: (module, context) => (holds(module, loadedWith(context)) ? name : null),
    debugName: name,
  };
}
