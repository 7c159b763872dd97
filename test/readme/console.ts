import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** A page of the documentation, by its path from the root. */
export const page = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Each console block of a page: the command as it is typed, and what is shown of its output. */
export function consolesOf(text: string): readonly (readonly [command: string, shown: string])[] {
  const blocks = [...text.matchAll(/```console\n\$ (.*)\n([\s\S]*?)```/g)];
  return blocks.map(([, command = '', shown = '']) => [command, shown]);
}

/** Runs `npx trailproof …` as a page says it, on the built command line; in a folder of its own if it writes files. */
export function run(command: string, cwd = root): { readonly output: string; readonly exitCode: number | null } {
  const words = command.replace(/^npx trailproof /, '').match(/'[^']*'|\S+/g) ?? [];
  const args = words.map((word) => word.replace(/^'|'$/g, ''));
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(root, 'dist/main.js'), ...args], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, NO_COLOR: '1' },
  });
  return { output: stdout + stderr, exitCode: status };
}

/** The output as a page shows it: `…` on a line of its own stands for any lines. Given whole where it is not as shown. */
export function asShown(output: string, shown: string): string {
  const parts = shown.split(/^…\n/m).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('(?:.*\\n)*')}$`).test(output) ? shown : output;
}
