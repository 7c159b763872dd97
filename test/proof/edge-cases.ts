/** Why an edge case of the control catalogue (controls §3) has no test of its own beside the others. */
interface Explained {
  /** The rules among whose cases it is, by its number. */
  readonly rules?: readonly string[];
  readonly because?: string;
}

/** The edge cases that are tested elsewhere, or are about something that Trailproof does not have. */
export const explained: Readonly<Record<string, Explained>> = {
  E2: { rules: ['trail/trail-trusted-access-enabled', 'trail/cloudtrail-delegated-admin-registered'] },
  E4: { rules: ['trail/region-coverage-complete', 'delivery/trail-log-file-validation-enabled'] },
  E5: { rules: ['trail/region-coverage-complete', 'trail/management-events-all'] },
  E6: { rules: ['trail/global-service-events-logged', 'trail/management-events-all'] },
  E9: { rules: ['delivery/trail-s3-delivery-healthy', 'delivery/trail-cloudwatch-logs-delivery-healthy'] },
  E10: { rules: ['delivery/trail-kms-key-usable', 'delivery/trail-kms-key-rotation-enabled'] },
  E16: { rules: ['data-events/data-events-exclude-log-bucket-loop', 'data-events/s3-data-events-write-all'] },
  E17: { rules: ['trail/trail-insights-enabled'] },
  E25: { rules: ['log-bucket/log-bucket-exists', 'log-bucket/log-bucket-not-public'] },
  E26: { rules: ['log-bucket/log-bucket-not-public'] },
  E27: { rules: ['log-bucket/log-bucket-mfa-delete-enabled'] },
  E28: { rules: ['log-bucket/log-bucket-object-lock-enabled'] },
  E29: { rules: ['log-bucket/log-bucket-retention-minimum'] },
  E30: { rules: ['log-bucket/log-bucket-server-access-logging'] },
  E31: { rules: ['log-bucket/log-bucket-encryption-kms'] },
  E33: { rules: ['log-group/log-group-retention-minimum'] },
  E34: { rules: ['delivery/trail-log-group-exists'] },
  E35: {
    because: 'It is about exits in the code of one peer: each of our rules has a finding for each resource it judges.',
  },
  E36: { rules: ['config/config-recorder-enabled'] },
  E38: { because: 'It is about infrastructure code; what is read here is what AWS answers.' },
  E39: { rules: ['trail/management-event-copies-not-redundant', 'trail/global-service-events-not-duplicated'] },
  E40: {
    because: 'It is about detecting threats in events; what is proven here is that events are recorded and noticed.',
  },
  E41: { because: 'It is about maps to compliance frameworks, which no rule has yet.' },
};
