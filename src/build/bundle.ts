import { chmodSync, existsSync, globSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Plugin } from '@oclif/core';
import { type BuildOptions, build, type OutputBundle, type OutputChunk, type RolldownOutput } from 'rolldown';
import { calledByChecks } from './called.ts';
import { groups } from './chunks.ts';
import { compiledAtOnce, inAscii, withoutFacades } from './quick-start.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

const settings: BuildOptions = {
  platform: 'node',
  // The framework looks for these when it runs from sources; bundled they would be most of the package.
  external: ['typescript', 'tsx', 'ts-node'],
  resolve: { mainFields: ['module', 'main'] },
  logLevel: 'warn',
};

async function bundle(): Promise<void> {
  await bundleCommands();
  await bundleAction();
  await writeManifest();
  compileAtOnce();
}

/** One chunk a command, and one for programs, so that a run loads its own code alone; the AWS SDK stays behind `import()`. */
async function bundleCommands(): Promise<void> {
  const commands = globSync('**/*.ts', { cwd: `${root}src/commands` }).map((file) => {
    const name = file.replaceAll('\\', '/').replace(/\.ts$/, '');
    return [`commands/${name}`, `${root}src/commands/${file}`];
  });
  const output = await build({
    ...settings,
    input: Object.fromEntries([['main', `${root}src/cli/main.ts`], ['index', `${root}src/api/index.ts`], ...commands]),
    plugins: [withoutCollator, quickToRead],
    output: {
      dir: `${root}dist`,
      cleanDir: true,
      format: 'esm',
      minify: true,
      entryFileNames: '[name].js',
      chunkFileNames: 'chunks/[name]-[hash].js',
      codeSplitting: { groups: [...groups] },
    },
  });
  // npx marks it when it first runs a clone, and trusts in that after every further build.
  chmodSync(`${root}dist/main.js`, 0o755);
  writeNotices(output, `${root}dist`);
}

/** The step of a GitHub workflow that runs the commands: by itself, so that it takes no chunk of theirs apart. */
async function bundleAction(): Promise<void> {
  const dir = `${root}dist/action`;
  const output = await build({
    ...settings,
    input: { index: `${root}src/action/main.ts` },
    output: { dir, format: 'esm', minify: true },
  });
  writeNotices(output, dir);
}

const collated = 'a.id.localeCompare(b.id)';

/** The first use of a collator loads the tables of all languages, which takes longer than most checks. */
const withoutCollator = {
  name: 'without-collator',
  transform(code: string, id: string) {
    if (!/@oclif[\\/]core[\\/]lib[\\/]config[\\/]plugin\.js$/.test(id)) return null;
    if (!code.includes(collated)) throw new Error('@oclif/core sorts its commands in another way now');
    return { code: code.replace(collated, '(a.id < b.id ? -1 : 1)') };
  },
};

/** What the engine reads slower than it need. */
const quickToRead = {
  name: 'quick-to-read',
  generateBundle(_: unknown, files: OutputBundle) {
    for (const file of Object.values(files)) {
      if (file.type !== 'chunk') continue;
      // The file that says which Node is needed has to run in those that know no such call.
      const usesNode = file.name !== 'main' && file.imports.some((name) => name.startsWith('node:'));
      file.code = inAscii(usesNode ? withoutFacades(file.code) : file.code);
    }
  },
};

/** Has what checks call compiled with the files that it stands in, so that it comes out of the compile cache. */
function compileAtOnce(): void {
  for (const [file, called] of calledByChecks(root))
    writeFileSync(file, compiledAtOnce(readFileSync(file, 'utf8'), called));
}

/** What the command line's help and parser need to know of the commands, so that no start has to load them all. */
async function writeManifest(): Promise<void> {
  const plugin = new Plugin({
    root,
    type: 'core',
    ignoreManifest: true,
    errorOnManifestCreate: true,
    respectNoCacheDefault: true,
  });
  await plugin.load();
  writeFileSync(`${root}oclif.manifest.json`, `${JSON.stringify(plugin.manifest, null, 2)}\n`);
}

/** The licences of what is in a bundle, each package once. */
function writeNotices({ output }: RolldownOutput, folder: string): void {
  const chunks = output.filter((part): part is OutputChunk => part.type === 'chunk');
  const folders = chunks.flatMap(({ moduleIds }) => moduleIds).flatMap((id) => packageFolder(id) ?? []);
  const texts = [...new Set(folders)].sort().map(noticeOf);
  const text = `trailproof contains code of these packages.\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`;
  writeFileSync(`${folder}/THIRD-PARTY-NOTICES.txt`, text);
}

const packageFolder = (id: string): string | undefined =>
  /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id)?.[0].replace(/^\0/, '');

function noticeOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(basename(entry)));
  const text = file && existsSync(`${folder}/${file}`) ? readFileSync(`${folder}/${file}`, 'utf8').trim() : '';
  return `${name} ${version} (${license})\n${text === '' ? '' : `\n${text}\n`}`;
}

await bundle();
