import type { AliasListEntry, GetKeyRotationStatusResponse, KeyMetadata } from '@aws-sdk/client-kms';
import { resourceType } from './resource-type.ts';
import { flag, json, list, number, object, oneOf, tags, text, time } from './shape.ts';

const ask = { params: { KeyId: '{Arn}' } } as const;

/** The keys that a trail, event data store, log group or bucket names (aws-semantics §8). */
export const key = resourceType({
  name: 'AWS::KMS::Key',
  id: 'Arn',
  label: 'KeyId',
  home: 'arn',
  item: object<KeyMetadata>()({
    Arn: text,
    KeyId: text,
    Enabled: flag,
    KeyState: oneOf(
      'Creating',
      'Enabled',
      'Disabled',
      'PendingDeletion',
      'PendingImport',
      'PendingReplicaDeletion',
      'Unavailable',
      'Updating',
    ),
    KeyManager: oneOf('AWS', 'CUSTOMER'),
    KeySpec: oneOf(
      'SYMMETRIC_DEFAULT',
      'RSA_2048',
      'RSA_3072',
      'RSA_4096',
      'ECC_NIST_P256',
      'ECC_NIST_P384',
      'ECC_NIST_P521',
      'ECC_NIST_EDWARDS25519',
      'ECC_SECG_P256K1',
      'HMAC_224',
      'HMAC_256',
      'HMAC_384',
      'HMAC_512',
      'ML_DSA_44',
      'ML_DSA_65',
      'ML_DSA_87',
      'SM2',
    ),
    KeyUsage: oneOf('ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT'),
    Origin: oneOf('AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'),
    MultiRegion: flag,
    CreationDate: time,
    DeletionDate: time,
    ValidTo: time,
    PendingDeletionWindowInDays: number,
  }),
  lookup: {
    operation: 'kms:DescribeKey',
    ...ask,
    at: 'KeyMetadata',
    notFound: ['NotFoundException'],
  },
  reads: {
    'kms:GetKeyRotationStatus': {
      ...ask,
      // Imported, asymmetric and HMAC keys cannot rotate: KMS says so instead of answering.
      notSet: ['UnsupportedOperationException'],
      gives: {
        RotationStatus: object<GetKeyRotationStatusResponse>()({
          KeyRotationEnabled: flag,
          RotationPeriodInDays: number,
          NextRotationDate: time,
        }),
      },
    },
    'kms:GetKeyPolicy': { params: { KeyId: '{Arn}', PolicyName: 'default' }, at: 'Policy', gives: { Policy: json } },
    'kms:ListAliases': {
      ...ask,
      at: 'Aliases',
      gives: { Aliases: list(object<AliasListEntry>()({ AliasName: text, AliasArn: text })) },
    },
    'kms:ListResourceTags': { ...ask, at: 'Tags', gives: { tags } },
  },
  relations: {},
});
