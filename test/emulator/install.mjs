// Installs the emulator's Python packages in .venv at the repository root. Does nothing when they are there.
//
// usage: node test/emulator/install.mjs

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const environment = path.join(root, '.venv');
const python = path.join(environment, 'bin', 'python');
const requirements = path.join(import.meta.dirname, 'requirements.txt');
const installed = path.join(environment, 'installed-requirements.txt');

const wanted = readFileSync(requirements, 'utf8');

if (existsSync(python) && existsSync(installed) && readFileSync(installed, 'utf8') === wanted) {
  console.log('The emulator is installed.');
} else {
  install();
}

function install() {
  console.log('Installing the emulator in .venv, which takes about a minute…');
  if (spawnSync('python3', ['--version']).error !== undefined) {
    fail('The emulator needs Python 3.10 or later: python3 was not found in PATH.');
  }
  run('python3', ['-m', 'venv', environment], 'The python3 venv module is needed (Debian: python3-venv).');
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements];
  run(python, pip, 'The Python package index has to be reachable.');
  // Last, so that an installation that broke off is not taken for a finished one.
  writeFileSync(installed, wanted);
  console.log('The emulator is installed.');
}

function run(command, args, hint) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) fail(`\`${command} ${args.join(' ')}\` failed. ${hint}`);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
