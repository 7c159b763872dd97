import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { declarationsOf } from './declarations.ts';

/** Out of what the compiler has written for each module, the one file of types that the package shows to programs. */
function declare(): void {
  const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
  const written = `${dist}declarations/`;
  const text = declarationsOf('api/index.ts', (module) =>
    readFileSync(`${written}${module.replace(/(\.d)?\.ts$/, '.d.ts')}`, 'utf8'),
  );
  writeFileSync(`${dist}index.d.ts`, text);
  rmSync(written, { recursive: true });
}

declare();
