import { existsSync } from 'node:fs';

/** Tests of the command line run what users run: the bundle. `npm test` builds it first. */
export function setup(): void {
  if (!existsSync(new URL('../../dist/main.js', import.meta.url))) throw new Error('dist/ is missing: npm run build');
}
