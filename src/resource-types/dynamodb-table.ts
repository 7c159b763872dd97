import type { TableDescription } from '@aws-sdk/client-dynamodb';
import { resourceType } from './resource-type.ts';
import { object, tags, text } from './shape.ts';

/** Tables, for those that are critical (aws-semantics §2.2). AWS lists them by name alone. */
export const table = resourceType({
  name: 'AWS::DynamoDB::Table',
  id: 'TableArn',
  label: 'TableName',
  home: 'arn',
  derived: { TableArn: 'arn:{partition}:dynamodb:{region}:{account}:table/{TableName}' },
  item: object<TableDescription>()({ TableArn: text, TableName: text }),
  list: { operation: 'dynamodb:ListTables', at: 'TableNames' },
  reads: {
    'dynamodb:ListTagsOfResource': { params: { ResourceArn: '{TableArn}' }, at: 'Tags', gives: { tags } },
  },
  relations: {},
});
