import { Help } from '@oclif/core/help';
import { AppCommand } from './app-command.ts';
import { noSuchCommand } from './usage.ts';

/**
 * A topic that is named alone, as `trailproof rules`: it shows its commands. Without it, a word that is none of them
 * would only be answered with help, and exit code 0.
 */
export abstract class TopicCommand extends AppCommand {
  static override hidden = true;
  static override strict = false;

  async run(): Promise<void> {
    const { argv } = await this.parse(this.ctor);
    const [word] = argv.map(String);
    const topic = this.id ?? '';
    if (word !== undefined) throw noSuchCommand(`${topic} ${word}`, this.config.commandIDs);
    await new Help(this.config).showHelp([topic]);
  }
}
