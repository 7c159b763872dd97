import { Command } from '@oclif/core/command';
import { fail } from './failure.ts';
import { usageError } from './usage.ts';

/** The names of the arguments that a command cannot do without. */
const requiredOf = (args: typeof Command.args): readonly string[] =>
  Object.entries(args).flatMap(([name, { required }]) => (required ? [name] : []));

/** What every command is: whatever goes wrong in it ends with 2, so that 1 only ever means violations. */
export abstract class AppCommand extends Command {
  protected override catch(error: unknown): Promise<void> {
    const { flags = {}, args = {} } = this.ctor;
    fail(usageError(error, { id: this.id ?? '', flags: Object.keys(flags), args: requiredOf(args) }));
    return Promise.resolve();
  }
}
