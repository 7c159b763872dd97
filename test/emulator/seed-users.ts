// Users and roles with a policy. No AWS client of ours is for IAM, so the calls are written out.

/** Credentials as the environment of an AWS SDK holds them. */
export interface KeyPair {
  readonly AWS_ACCESS_KEY_ID: string;
  readonly AWS_SECRET_ACCESS_KEY: string;
}

/** Makes a user with that policy and no other. Only before policies are enforced: the calls are not signed. */
export async function seedUser(endpoint: string, UserName: string, policy: object): Promise<KeyPair> {
  await askIam(endpoint, 'CreateUser', { UserName });
  await askIam(endpoint, 'PutUserPolicy', { UserName, PolicyName: 'own', PolicyDocument: JSON.stringify(policy) });
  const answer = await askIam(endpoint, 'CreateAccessKey', { UserName });
  return {
    AWS_ACCESS_KEY_ID: textOf(answer, 'AccessKeyId'),
    AWS_SECRET_ACCESS_KEY: textOf(answer, 'SecretAccessKey'),
  };
}

/** Makes a role with that policy, which a user or a service of AWS may assume, and answers its ARN. */
export async function seedRole(
  endpoint: string,
  RoleName: string,
  {
    policy,
    trusted,
  }: { readonly policy: object; readonly trusted: Readonly<Record<'AWS', string> | Record<'Service', string>> },
): Promise<string> {
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: trusted, Action: 'sts:AssumeRole' }],
  };
  const answer = await askIam(endpoint, 'CreateRole', { RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) });
  await askIam(endpoint, 'PutRolePolicy', { RoleName, PolicyName: 'own', PolicyDocument: JSON.stringify(policy) });
  return textOf(answer, 'Arn');
}

async function askIam(endpoint: string, Action: string, params: Readonly<Record<string, string>>): Promise<string> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      authorization:
        'AWS4-HMAC-SHA256 Credential=test/20261120/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=none',
    },
    body: new URLSearchParams({ Action, Version: '2010-05-08', ...params }),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`${Action}: ${response.status} ${answer}`);
  return answer;
}

function textOf(answer: string, element: string): string {
  const text = new RegExp(`<${element}>([^<]+)`).exec(answer)?.[1];
  if (text === undefined) throw new Error(`the emulator left out ${element}`);
  return text;
}
