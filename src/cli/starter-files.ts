import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nearOr } from '../documents/suggest.ts';
import { AppError } from '../errors.ts';
import { starterConfig } from './starter-config.ts';
import { githubWorkflow, gitlabFile, gitlabJob, gitlabPipeline, type PipelineOptions } from './starter-pipelines.ts';
import { cannotWrite, writeFiles } from './write-file.ts';

/** What `init` writes. */
const starters = ['config', 'github', 'gitlab'] as const;
type Starter = (typeof starters)[number];

export interface StarterOptions extends PipelineOptions {
  /** The folder that holds the repository. */
  readonly folder: string;
  readonly existing: 'keep' | 'replace';
}

/** One file, from the folder on. */
interface StarterFile {
  readonly path: string;
  readonly text: string;
  /** It holds more than ours: where it is there it stays as it is. */
  readonly onlyIfMissing?: true;
}

/** What became of a file. */
export interface Written {
  readonly path: string;
  readonly what: 'wrote' | 'replaced' | 'unchanged';
}

/** The words of `init`, each once; none: all. A word that is none is an AppError. */
export function startersOf(words: readonly string[]): readonly Starter[] {
  const known: readonly string[] = starters;
  for (const word of words) {
    if (known.includes(word)) continue;
    throw new AppError('usage', `init cannot write ${JSON.stringify(word)}`, {
      hint: nearOr(word, starters, `It writes ${starters.join(', ')}.`),
    });
  }
  return words.length === 0 ? starters : starters.filter((starter) => words.includes(starter));
}

/**
 * Writes the files, all or none. One that is there and says something else is kept, and then none is written.
 *
 * @throws AppError `output` that names all that are there.
 */
export async function writeStarters(chosen: readonly Starter[], options: StarterOptions): Promise<readonly Written[]> {
  const { folder, existing } = options;
  assertFolder(folder);
  const files = chosen
    .flatMap((starter) => filesOf(starter, options))
    .map((file) => ({ ...file, to: join(folder, file.path), is: whatIs(join(folder, file.path), file) }));
  const taken = files.filter(({ is }) => is === 'other');
  if (taken.length > 0 && existing === 'keep') {
    throw new AppError('output', `already there: ${taken.map(({ path }) => path).join(', ')}`, {
      hint: 'Nothing was written. --force replaces what is there; init config, init github and init gitlab write a part.',
    });
  }
  const toWrite = files.filter(({ is }) => is === 'missing' || is === 'other');
  for (const { to } of toWrite) makeFolder(dirname(to));
  await writeFiles(toWrite.map(({ to, text }) => ({ path: to, pieces: [text] })));
  return files.flatMap(({ path, is }): readonly Written[] =>
    is === 'left' ? [] : [{ path, what: is === 'same' ? 'unchanged' : is === 'other' ? 'replaced' : 'wrote' }],
  );
}

function assertFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  throw new AppError('usage', `--dir ${folder}: there is no such folder`, {
    hint: 'Name the folder of the repository.',
  });
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw cannotWrite(folder, cause, 'Check the path and who may write there.');
  }
}

/** What is where a file is to be written. */
function whatIs(path: string, { text, onlyIfMissing }: StarterFile): 'missing' | 'left' | 'same' | 'other' {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return 'missing';
  if (onlyIfMissing) return 'left';
  return stats.isFile() && readFileSync(path, 'utf8') === text ? 'same' : 'other';
}

function filesOf(starter: Starter, options: PipelineOptions): readonly StarterFile[] {
  switch (starter) {
    case 'config':
      return [{ path: 'trailproof.yaml', text: starterConfig(options.version) }];
    case 'github':
      return [{ path: '.github/workflows/trailproof.yml', text: githubWorkflow(options) }];
    case 'gitlab':
      return [
        { path: gitlabFile, text: gitlabJob(options) },
        { path: '.gitlab-ci.yml', text: gitlabPipeline, onlyIfMissing: true },
      ];
    default:
      return starter satisfies never;
  }
}

/** What to do once they are there. */
export function nextSteps(chosen: readonly Starter[], { folder, roleArn }: StarterOptions): readonly string[] {
  const role = 'it has the policy that trailproof permissions prints';
  const of = (what: string) =>
    roleArn === undefined ? ` Set the variable TRAILPROOF_ROLE_ARN of the ${what} to its ARN.` : '';
  const pipeline = join(folder, '.gitlab-ci.yml');
  const isFile = statSync(pipeline, { throwIfNoEntry: false })?.isFile() ?? false;
  const isIncluded = isFile && readFileSync(pipeline, 'utf8').includes(gitlabFile);
  const steps: Readonly<Record<Starter, readonly string[]>> = {
    config: [
      'trailproof check --print-config shows what holds; trailproof scan judges the account of your credentials.',
    ],
    github: [`GitHub: make a role that trusts token.actions.githubusercontent.com; ${role}.${of('repository')}`],
    gitlab: [
      `GitLab: make a role that trusts the tokens of your GitLab; ${role}.${of('project')}`,
      ...(isIncluded ? [] : [`GitLab: add this to .gitlab-ci.yml: include: [{ local: ${gitlabFile} }]`]),
    ],
  };
  return chosen.flatMap((starter) => steps[starter]);
}
