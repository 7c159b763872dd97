import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { resourceType } from './resource-type.ts';
import { json, object, tags, text } from './shape.ts';

/** Functions, for those that are critical and those that are notified (aws-semantics §2.2, §7.5). */
export const lambdaFunction = resourceType({
  name: 'AWS::Lambda::Function',
  id: 'FunctionArn',
  label: 'FunctionName',
  home: 'arn',
  item: object<FunctionConfiguration>()({ FunctionArn: text, FunctionName: text }),
  list: { operation: 'lambda:ListFunctions', at: 'Functions' },
  lookup: {
    operation: 'lambda:GetFunctionConfiguration',
    params: { FunctionName: '{FunctionArn}' },
    notFound: ['ResourceNotFoundException'],
  },
  reads: {
    'lambda:GetPolicy': {
      params: { FunctionName: '{FunctionArn}' },
      at: 'Policy',
      notSet: ['ResourceNotFoundException'],
      gives: { Policy: json },
    },
    'lambda:ListTags': { params: { Resource: '{FunctionArn}' }, at: 'Tags', gives: { tags } },
  },
  relations: {},
});
