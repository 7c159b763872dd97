import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '.venv');
const release = 'prowler==5.46.0';

/** Installs Prowler in a folder of its own, unless it is there. Answers the program to run. */
export function installPeer(): string {
  const program = join(folder, 'bin/prowler');
  if (existsSync(program)) return program;
  console.log(`Installing ${release} in bench/.venv, which takes minutes…`);
  // What is left of an installation that broke off.
  rmSync(folder, { recursive: true, force: true });
  const inherit = { stdio: 'inherit' } as const;
  execFileSync('python3', ['-m', 'venv', folder], inherit);
  execFileSync(join(folder, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', release], inherit);
  return program;
}
