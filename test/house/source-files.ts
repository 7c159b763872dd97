import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** The texts of a folder's files by their paths in it, sorted; what a build has written is left out. */
export function filesOf(folder: string, pattern: string): Readonly<Record<string, string>> {
  const paths = globSync(pattern, { cwd: `${root}${folder}` }).map((path) => path.replaceAll('\\', '/'));
  const written = paths.filter((path) => !/^(generated|.*node_modules|dist|\.venv|emulator\/run)\//.test(path));
  return Object.fromEntries(written.toSorted().map((path) => [path, readFileSync(`${root}${folder}/${path}`, 'utf8')]));
}
