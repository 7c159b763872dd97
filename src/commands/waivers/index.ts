import { string } from '@oclif/core/args';
import { TopicCommand } from '../../cli/topic-command.ts';

export class WaiversIndex extends TopicCommand {
  static override summary = 'Accept risks for a time, and look after what is accepted.';
  static override args = { command: string({ ignoreStdin: true, description: 'lint or add.' }) };
}
