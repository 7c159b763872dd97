import { Config } from '@oclif/core/config';
import { run } from '@oclif/core/run';
import { settings } from '@oclif/core/settings';
import { fail } from './failure.ts';
import { noSuchCommand } from './usage.ts';
import { cannotWrite } from './write-file.ts';

/** Runs the command that the arguments name. Sets the exit code, and ends when all output is out. */
export async function runCommandLine(main: string): Promise<void> {
  // In a clone the framework would look for TypeScript sources of commands.
  settings.tsnodeEnabled = false;
  endQuietly();
  try {
    await run(process.argv.slice(2), main);
  } catch (error) {
    fail(await explained(error, main));
  }
  await Promise.all([process.stdout, process.stderr].map(written));
  // Left to itself, Node would tidy up the heap first, which takes longer than many a command.
  process.exit();
}

/** Settles when all that was written to a stream is out, or never will be. */
const written = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    stream.write('', () => resolve());
  });

/**
 * A reader that has gone away (`| head -1`) is no error; an interrupt ends at once, with the shells' code for it. What
 * was not written, as on a full disk, is an error whatever the verdict is.
 */
function endQuietly(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') return;
      fail(cannotWrite('the output', error, 'Check where it goes.'));
      process.exit();
    });
  }
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
}

async function explained(error: unknown, main: string): Promise<unknown> {
  const [, id] = (error instanceof Error && /^command (\S+) not found$/.exec(error.message)) || [];
  if (id === undefined) return error;
  const { commandIDs } = await Config.load(main);
  return noSuchCommand(id.replaceAll(':', ' '), commandIDs);
}
