import { describe, expect, test } from 'vitest';
import { home, other } from '../../rules/judging.ts';
import { alarm, alarmArn, allow, byRule, type Item, named, rule, ruleArn, said, topicArn, truth } from './asking.ts';

const acting = (...AlarmActions: readonly string[]) => truth({ alarms: [alarm({ AlarmActions })] });
const target = (Arn: string, more: Item = {}) =>
  truth(byRule([rule(named('StopLogging'), { Targets: [{ Arn, ...more }] })]));

describe('what an alarm does (aws-semantics §6.7)', () => {
  test.each([
    ['a topic', topicArn, 'yes'],
    ['an OpsItem', `arn:aws:ssm:us-east-1:${home}:opsitem:1#CATEGORY=Security`, 'yes'],
    ['an automation', `arn:aws:ssm:us-east-1:${home}:automation-definition/x`, 'no'],
    ['an incident', `arn:aws:ssm-incidents::${home}:response-plan/x`, 'yes'],
    ['an investigation', `arn:aws:aiops:us-east-1:${home}:investigation-group/x`, 'yes'],
    ['more instances', `arn:aws:autoscaling:us-east-1:${home}:scalingPolicy:1:autoScalingGroupName/x`, 'no'],
    ['a stopped instance', 'arn:aws:automate:us-east-1:ec2:stop', 'no'],
    ['a restarted one', `arn:aws:swf:us-east-1:${home}:action/actions/AWS_EC2.InstanceId.Reboot/1.0`, 'no'],
    ['an OpsItem that is there', `arn:aws:ssm:us-east-1:${home}:opsitem/oi-1`, 'no'],
    ['nothing that has an ARN', 'sns', 'no'],
    ['something without a name', 'arn:aws:ssm', 'no'],
  ])('%s', (_, arn, expected) => {
    expect(acting(arn)).toBe(expected);
  });

  test('of several actions one is enough', () => {
    expect(acting('arn:aws:automate:us-east-1:ec2:stop', topicArn)).toBe('yes');
    expect(acting('arn:aws:automate:us-east-1:ec2:stop', topicArn.replace(home, other))).toBe('unknown');
  });

  test('none, or only when it is OK again or without data', () => {
    expect([acting(), truth({ alarms: [alarm({ AlarmActions: undefined })] })]).toEqual(['no', 'no']);
    const others = { OKActions: [topicArn], InsufficientDataActions: [topicArn] };
    expect(truth({ alarms: [alarm({ AlarmActions: [], ...others })] })).toBe('no');
  });

  test('actions may be off; what is not said is on', () => {
    expect(truth({ alarms: [alarm({ ActionsEnabled: false })] })).toBe('no');
    expect(truth({ alarms: [alarm({ ActionsEnabled: undefined })] })).toBe('yes');
  });
});

describe('what a rule does (aws-semantics §7.5)', () => {
  const arn = (service: string, what: string) => `arn:aws:${service}:us-east-1:${home}:${what}`;
  test.each([
    ['a topic', topicArn, 'yes'],
    ['a queue', arn('sqs', 'q'), 'no'],
    ['a log group', arn('logs', 'log-group:/aws/events/x'), 'no'],
    ['a delivery stream', arn('firehose', 'deliverystream/x'), 'no'],
    ['a bucket', 'arn:aws:s3:::b', 'no'],
    ['a stream', arn('kinesis', 'stream/x'), 'no'],
    ['another bus', arn('events', 'event-bus/security'), 'unknown'],
    ['something without a name', 'arn:aws:events', 'unknown'],
    ['the bus of another region', `arn:aws:events:eu-west-1:${home}:event-bus/default`, 'unknown'],
    ['an API destination', arn('events', 'api-destination/x/1'), 'unknown'],
    ['a state machine', arn('states', 'stateMachine:x'), 'unknown'],
    ['an automation', arn('ssm', 'automation-definition/x'), 'unknown'],
    ['an OpsItem', arn('ssm', 'opsitem'), 'unknown'],
    ['an incident', `arn:aws:ssm-incidents::${home}:response-plan/x`, 'unknown'],
  ])('%s', (_, it, expected) => {
    expect(target(it)).toBe(expected);
  });

  test('where it is kept nobody is told, whoever puts it there', () => {
    const RoleArn = `arn:aws:iam::${home}:role/r`;
    expect(
      [arn('firehose', 'deliverystream/x'), arn('kinesis', 'stream/x')].map((it) => target(it, { RoleArn })),
    ).toEqual(['no', 'no']);
  });

  test('of several targets one is enough', () => {
    const Targets = [{ Arn: arn('sqs', 'q') }, { Arn: topicArn }];
    expect(truth(byRule([rule(named('StopLogging'), { Targets })]))).toBe('yes');
    expect(truth(byRule([rule(named('StopLogging'), { Targets: [] })]))).toBe('no');
    expect(truth(byRule([rule(named('StopLogging'), { Targets: undefined })]))).toBe('no');
    expect(truth(byRule([rule(named('StopLogging'), { Targets: [{ Id: 'without an ARN' }] })]))).toBe('unknown');
  });

  test('why', () => {
    const at = `eventRules[${ruleArn()}].`;
    const why = (Targets: readonly Item[]) => said(byRule([rule(named('StopLogging'), { Targets })])).at(-1);
    expect(why([])).toBe(`${at}Targets: it has no target`);
    expect(why([{ Arn: arn('sqs', 'q') }])).toBe(`${at}Targets[0].action: it is kept there, and nobody is told`);
    expect(why([{ Arn: arn('events', 'event-bus/x') }])).toBe(
      `${at}Targets[0].action: what rules of another bus do is not followed`,
    );
    expect([arn('events', 'api-destination/x'), arn('schemas', 'event-bus/x')].map((it) => why([{ Arn: it }]))).toEqual(
      Array.from({ length: 2 }, () => `${at}Targets[0].action: what is done there is not known`),
    );
    expect(why([{ Arn: topicArn, RoleArn: 'r' }])).toBe(`${at}Targets[0].RoleArn: what its role may do is not read`);
    expect(said({ alarms: [alarm({ AlarmActions: ['arn:aws:automate:us-east-1:ec2:stop'] })] }).at(-1)).toContain(
      '].action: it changes something, and tells nobody',
    );
  });
});

describe('functions', () => {
  const FunctionArn = `arn:aws:lambda:us-east-1:${home}:function:tell`;
  const by = (service: string, condition: Item = {}) => allow(service, 'lambda:InvokeFunction', condition);
  const fromArn = (it: string) => ({ Condition: { ArnLike: { 'AWS:SourceArn': it } } });
  const answers = (Policy: string | undefined, more: Item = {}, arn = FunctionArn): readonly string[] => [
    truth({ alarms: [alarm({ AlarmActions: [arn] })], functions: [{ FunctionArn, FunctionName: 'tell', Policy }] }),
    truth(
      byRule([rule(named('StopLogging'), { Targets: [{ Arn: arn, ...more }] })], {
        functions: [{ FunctionArn, FunctionName: 'tell', Policy }],
      }),
    ),
  ];
  test.each<[string, string | undefined, readonly string[]]>([
    ['one that alarms may invoke', by('lambda.alarms.cloudwatch.amazonaws.com'), ['yes', 'no']],
    ['one that CloudWatch by its other name may invoke', by('cloudwatch.amazonaws.com'), ['no', 'no']],
    ['one that rules may invoke', by('events.amazonaws.com'), ['no', 'yes']],
    [
      'one that this alarm may invoke',
      by('lambda.alarms.cloudwatch.amazonaws.com', fromArn(alarmArn())),
      ['yes', 'no'],
    ],
    [
      'one that another alarm may invoke',
      by('lambda.alarms.cloudwatch.amazonaws.com', fromArn(alarmArn('x'))),
      ['no', 'no'],
    ],
    ['one that this rule may invoke', by('events.amazonaws.com', fromArn(ruleArn())), ['no', 'yes']],
    ['one that another rule may invoke', by('events.amazonaws.com', fromArn(`${ruleArn()}-2`)), ['no', 'no']],
    [
      'one that rules of this account may invoke',
      by('events.amazonaws.com', { Condition: { StringEquals: { 'AWS:SourceAccount': home } } }),
      ['no', 'yes'],
    ],
    ['one that may be seen', allow('events.amazonaws.com', 'lambda:GetFunction'), ['no', 'no']],
    ['one without a policy', undefined, ['no', 'no']],
    ['one whose policy is no JSON', '{', ['unknown', 'unknown']],
  ])('%s', (_, policy, expected) => {
    expect(answers(policy)).toEqual(expected);
  });

  test('with a role its policy is not asked', () => {
    expect(answers(by('events.amazonaws.com'), { RoleArn: 'r' })[1]).toBe('unknown');
  });

  test('one that does not exist, one of another account, and a version of one', () => {
    const invoking = (arn: string) => answers(by('lambda.alarms.cloudwatch.amazonaws.com'), {}, arn)[0];
    expect(invoking(`${FunctionArn}-2`)).toBe('no');
    expect(invoking(`${FunctionArn}-2:live`)).toBe('no');
    expect(invoking(`${FunctionArn}:live`)).toBe('unknown');
    expect(invoking(FunctionArn.replace(home, other))).toBe('unknown');
  });

  test('why', () => {
    const why = (arn: string, functions: readonly Item[]) =>
      said({ alarms: [alarm({ AlarmActions: [arn] })], functions })
        .at(-1)
        ?.split('].')
        .at(-1);
    const known = [{ FunctionArn, FunctionName: 'tell' }];
    expect(why(FunctionArn, [])).toBe('function: the function does not exist');
    expect(why(FunctionArn, known)).toBe('Policy: without a policy no service may invoke it');
    expect(why(`${FunctionArn}:live`, known)).toBe('function: the policy of that version or alias is not read');
  });
});
