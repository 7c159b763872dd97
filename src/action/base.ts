import { join } from 'node:path';
import { type Ran, run } from './trailproof.ts';

/** Does something in the same folder of another commit, which is there only for so long. */
export async function atCommit<T>(
  { sha, cwd, temporary }: { readonly sha: string; readonly cwd: string; readonly temporary: string },
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const git = (...args: readonly string[]): Promise<Ran> => run('git', args, { cwd, stdout: 'kept' });
  const must = async (...args: readonly string[]): Promise<string> => {
    const { exitCode, stdout } = await git(...args);
    if (exitCode !== 0) throw new Error(`git ${args[0]} ended with ${exitCode}`);
    return stdout.trim();
  };
  const { exitCode } = await git('cat-file', '-e', `${sha}^{commit}`);
  // A checkout brings one commit, unless it was told otherwise.
  if (exitCode !== 0) await must('fetch', '--quiet', '--no-tags', '--depth=1', 'origin', sha);
  const folder = join(temporary, 'base');
  const prefix = await must('rev-parse', '--show-prefix');
  await must('worktree', 'add', '--quiet', '--detach', folder, sha);
  try {
    return await work(join(folder, prefix));
  } finally {
    await git('worktree', 'remove', '--force', folder);
  }
}
