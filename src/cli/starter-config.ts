/** The config that `init` writes: what holds without one, and what else could stand in it, as comments. */
export const starterConfig = (version: string): string => `# yaml-language-server: $schema=${schemaAt(version)}
# How Trailproof judges here. trailproof check and scan read this file in the folder they run in, or with --config.
# Lines that begin with # and no space are examples: take the # away. trailproof check --print-config shows what holds.

# Packs, and files and folders of rules of your own. trailproof rules list shows the rules that are built in.
rules: [recommended]

# The run fails from this severity on: critical, high, medium, low, info or never.
failOn: medium

# What could not be determined ends the run with 3 (fail), with a warning (warn), or is let pass (ignore).
unknown: fail

# Other packs and configs, this one over them: a shared file of your organization.
#extends: [cis-aws-foundations-3.0.0]

# Not these rules: ids, globs, severities, families, controls. only takes the same words.
#skip: [trail-has-tags, 'query-*']

# Another severity, by rule id.
#severities: { trail-log-file-validation-enabled: high }

# Values of parameters, by rule id. trailproof rules show ID says which a rule has.
#parameters: { log-bucket-retention-minimum: { minimumDays: 400 } }

# What data events must be recorded of: buckets, functions and tables by name, by ARN glob, or by tag.
#critical: ['arn:aws:s3:::payments-*', { tag: { data-class: restricted } }]

# Something else for some accounts, organizational units, regions or tags of accounts; the last that holds wins.
#overrides: [{ name: sandboxes, match: { ous: [ou-ab12-11111111] }, skip: [log-group], severities: { trail-enabled: low } }]

# The requirements of which frameworks the report answers.
#frameworks: [cis-aws-foundations-3.0.0]

# The accounts that scan and collect read; without this, the one of the credentials.
#targets: { organization: { tags: { env: [prod, stage] } }, roleName: trailproof }

# Accepted risks: trailproof waivers add writes one from a report. None may be given for longer, and none for these rules.
#waiverPolicy: { maximumDays: 180, never: [trail-is-logging] }

# Reports that every run writes, by format.
#outputs: { json: trailproof.json }
`;

/** Where editors find the schema of a version. */
const schemaAt = (version: string): string => `https://unpkg.com/trailproof@${version}/schemas/config.schema.json`;
