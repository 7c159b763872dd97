import { Command } from '@oclif/core/command';
import { fail } from './failure.ts';
import { usageError } from './usage.ts';

/** What every command is: whatever goes wrong in it ends with 2, so that 1 only ever means violations. */
export abstract class AppCommand extends Command {
  protected override catch(error: unknown): Promise<void> {
    fail(usageError(error, { id: this.id ?? '', flags: Object.keys(this.ctor.flags ?? {}) }));
    return Promise.resolve();
  }
}
