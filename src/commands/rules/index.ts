import { string } from '@oclif/core/args';
import { TopicCommand } from '../../cli/topic-command.ts';

export class Rules extends TopicCommand {
  static override summary = 'List, show, test, validate and write rules.';
  static override args = { command: string({ ignoreStdin: true, description: 'list, show, test, validate or new.' }) };
}
