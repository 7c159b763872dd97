import { string } from '@oclif/core/args';
import { TopicCommand } from '../../cli/topic-command.ts';

export class WaiversIndex extends TopicCommand {
  static override summary = 'Accept risks for a limited time, and review them.';
  static override args = { command: string({ ignoreStdin: true, description: 'lint or add.' }) };
}
