#!/usr/bin/env node
import module from 'node:module';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 18)) {
  // Everything else is loaded later, because an older Node could not even parse it.
  process.stderr.write(
    `trailproof needs Node 22.18 or later, and this is Node ${process.versions.node}.\n` +
      'Install a current Node (https://nodejs.org), or run trailproof through npx where `npm ci` installed one.\n',
  );
  process.exitCode = 2;
} else {
  module.enableCompileCache?.();
  // Never awaited: with `| head` the last write never drains, and Node ends an unsettled top-level await with 13.
  void import('./run.ts').then(({ runCommandLine }) => runCommandLine(import.meta.url));
}
