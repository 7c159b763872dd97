import { asking } from '../collectors/ask.ts';
import { isMembers, type Members, type Send, valueAt } from '../collectors/call.ts';
import type { Refusal } from '../collectors/refusal.ts';
import { type AsffFinding, generatorPrefix, productArn } from '../reporters/asff.ts';

/** One hub: Security Hub of an account in a region. */
export interface Hub {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

/** A finding that was sent before: what is needed to bring it up to date. */
export interface Earlier
  extends Pick<AsffFinding, 'Id' | 'GeneratorId' | 'CreatedAt' | 'Title' | 'Description' | 'RecordState'> {
  readonly UpdatedAt: string;
  /** `SUPPRESSED`: somebody, or a waiver, has settled it. */
  readonly workflow: string;
  /** What stands beside it, ours or somebody else's. */
  readonly note: string;
  readonly severity: string;
  readonly resource: AsffFinding['Resources'][0];
  /** Our own, without those that AWS adds. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What a hub holds; a refusal: nobody knows. */
export interface EarlierFindings {
  readonly earlier?: readonly Earlier[];
  readonly refusal?: Refusal;
}

/**
 * What a hub holds of the findings that we have sent to it, archived ones too. One that cannot be read is left out, and
 * thereby left alone. A home region tells of others as well, and an administrator of its members (API_GetFindings): the
 * product's ARN tells them apart.
 */
export async function earlierFindings(send: Send, hub: Hub): Promise<EarlierFindings> {
  const is = (Value: string, Comparison: 'EQUALS' | 'PREFIX') => [{ Value, Comparison }];
  const { answer, refusal } = await asking({ send, concurrency: 1 })('securityhub:GetFindings', hub.region, {
    Filters: {
      ProductArn: is(productArn(hub.partition, hub.region, hub.account), 'EQUALS'),
      GeneratorId: is(generatorPrefix, 'PREFIX'),
      AwsAccountId: is(hub.account, 'EQUALS'),
    },
    MaxResults: 100,
  });
  // A part of them would do for nothing: what is missing would look as if it had never been sent.
  if (refusal) return { refusal };
  const found = answer?.Findings;
  return { earlier: Array.isArray(found) ? found.flatMap((item) => earlierOf(item, hub) ?? []) : [] };
}

function earlierOf(item: unknown, hub: Hub): Earlier | undefined {
  const text = (path: string): string => {
    const value = valueAt(item, path);
    return typeof value === 'string' ? value : '';
  };
  const isHere = text('ProductArn') === productArn(hub.partition, hub.region, hub.account);
  const isOurs = isHere && text('AwsAccountId') === hub.account && text('GeneratorId').startsWith(generatorPrefix);
  const [resource] = listAt(item, 'Resources');
  const resourceId = valueAt(resource, 'Id');
  const resourceType = valueAt(resource, 'Type');
  if (!isOurs || typeof resourceId !== 'string' || typeof resourceType !== 'string') return undefined;
  return {
    Id: text('Id'),
    GeneratorId: text('GeneratorId'),
    CreatedAt: text('CreatedAt'),
    UpdatedAt: text('UpdatedAt'),
    Title: text('Title'),
    Description: text('Description'),
    RecordState: text('RecordState') === 'ARCHIVED' ? 'ARCHIVED' : 'ACTIVE',
    workflow: text('Workflow.Status'),
    note: text('Note.Text'),
    severity: text('FindingProviderFields.Severity.Original'),
    resource: { ...textsOf(resource, ['Partition', 'Region']), Type: resourceType, Id: resourceId },
    fields: ownFields(valueAt(item, 'ProductFields')),
  };
}

const listAt = (item: unknown, path: string): readonly unknown[] => {
  const value = valueAt(item, path);
  return Array.isArray(value) ? value : [];
};

const textsOf = (item: unknown, names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = valueAt(item, name);
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );

/** `aws/…` is what Security Hub says of a finding itself. */
function ownFields(fields: unknown): Readonly<Record<string, string>> {
  const given: Members = isMembers(fields) ? fields : {};
  return textsOf(
    given,
    Object.keys(given).filter((name) => !name.startsWith('aws/')),
  );
}
