import { printedJson } from './printed-json.ts';

export const policyFormats = ['json', 'terraform', 'cloudformation'] as const;

const sid = 'Trailproof';
/** How the role is called that the templates make, and that an account is entered by. */
export const roleName = 'trailproof';
const trusted = 'Who may assume the role: the ARN of a role or user, or an account id.';
const secret = 'The external id that whoever assumes the role must give; empty asks for none.';

/**
 * The policy that allows these actions and no more: as a policy document, or as a role with it that another account
 * may assume, in Terraform or as a CloudFormation template for a StackSet.
 */
export async function policyText(actions: readonly string[], format: (typeof policyFormats)[number]): Promise<string> {
  if (format === 'terraform') return terraform(actions);
  if (format === 'cloudformation') {
    const { stringify } = await import('yaml');
    // Readers of YAML 1.1, as CloudFormation is one, would take a policy's version for a date.
    return stringify(cloudFormation(actions), { version: '1.1', lineWidth: 0 });
  }
  return printedJson(document(actions));
}

const document = (actions: readonly string[]): object => ({
  Version: '2012-10-17',
  Statement: [{ Sid: sid, Effect: 'Allow', Action: actions, Resource: '*' }],
});

const terraform = (actions: readonly string[]): string => `variable "trusted_principal" {
  description = "${trusted}"
  type        = string
}

variable "external_id" {
  description = "${secret}"
  type        = string
  default     = ""
}

data "aws_iam_policy_document" "trailproof_trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [var.trusted_principal]
    }
    dynamic "condition" {
      for_each = var.external_id == "" ? [] : [var.external_id]
      content {
        test     = "StringEquals"
        variable = "sts:ExternalId"
        values   = [condition.value]
      }
    }
  }
}

data "aws_iam_policy_document" "trailproof" {
  statement {
    sid       = "${sid}"
    resources = ["*"]
    actions = [
${actions.map((action) => `      "${action}",`).join('\n')}
    ]
  }
}

resource "aws_iam_role" "trailproof" {
  name               = "${roleName}"
  assume_role_policy = data.aws_iam_policy_document.trailproof_trust.json
}

resource "aws_iam_role_policy" "trailproof" {
  name   = "${roleName}"
  role   = aws_iam_role.trailproof.id
  policy = data.aws_iam_policy_document.trailproof.json
}
`;

const cloudFormation = (actions: readonly string[]): object => ({
  AWSTemplateFormatVersion: '2010-09-09',
  Description: 'The role that Trailproof reads this account with: it can write nothing.',
  Parameters: {
    TrustedPrincipal: { Type: 'String', Description: trusted, MinLength: 1 },
    ExternalId: { Type: 'String', Description: secret, Default: '' },
    RoleName: { Type: 'String', Default: roleName },
  },
  Conditions: { HasExternalId: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'ExternalId' }, ''] }] } },
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: { Ref: 'RoleName' },
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: { Ref: 'TrustedPrincipal' } },
              Action: 'sts:AssumeRole',
              Condition: {
                'Fn::If': [
                  'HasExternalId',
                  { StringEquals: { 'sts:ExternalId': { Ref: 'ExternalId' } } },
                  { Ref: 'AWS::NoValue' },
                ],
              },
            },
          ],
        },
        Policies: [{ PolicyName: roleName, PolicyDocument: document(actions) }],
      },
    },
  },
  Outputs: { RoleArn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
});
