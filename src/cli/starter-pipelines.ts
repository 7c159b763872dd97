export interface PipelineOptions {
  /** The version that the pipeline runs. */
  readonly version: string;
  /** The role that it assumes; left out: a variable of the repository says it. */
  readonly roleArn?: string;
}

/** Actions by the commit that a version names: a tag can be moved to another. */
const actions = {
  checkout: 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1',
  setupNode: 'actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0',
  credentials: 'aws-actions/configure-aws-credentials@e6de054238d6b7531b4efff3b6587d9aade6a06c # v6.2.3',
  uploadSarif: 'github/codeql-action/upload-sarif@8aad20d150bbac5944a9f9d289da16a4b0d87c1e # v4.36.2',
  uploadArtifact: 'actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0',
} as const;

/** What GitHub puts in the place of an expression. */
const value = (expression: string): string => `\${{ ${expression} }}`;

/** A step that looks at a report runs where there is one, also when the gate has failed. */
const ifThere = (file: string): string => value(`!cancelled() && hashFiles('${file}') != ''`);

/** A GitHub workflow that scans with a role that it assumes by OpenID Connect. */
export const githubWorkflow = ({
  version,
  roleArn = value('vars.TRAILPROOF_ROLE_ARN'),
}: PipelineOptions): string => `# Judges the audit trail of your AWS accounts every night, and when what judges it has changed.
name: trailproof

on:
  schedule:
    - cron: '17 5 * * *'
  push:
    branches: [main]
    paths: [trailproof.yaml, .github/workflows/trailproof.yml]
  workflow_dispatch:

permissions: {}

concurrency:
  group: trailproof-${value('github.ref')}

jobs:
  scan:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    permissions:
      contents: read # the config
      id-token: write # the role
      security-events: write # code scanning; in a private repository it needs GitHub Code Security
    steps:
      - uses: ${actions.checkout}
        with:
          persist-credentials: false

      - uses: ${actions.setupNode}
        with:
          node-version: 24
          package-manager-cache: false

      # The role trusts GitHub's tokens and has the policy that trailproof permissions prints.
      - uses: ${actions.credentials}
        with:
          role-to-assume: ${roleArn}
          aws-region: us-east-1

      # The gate: 0 compliant, 1 violations, 2 an error, 3 not all is known.
      - run: npx --yes trailproof@${version} scan --output sarif=trailproof.sarif --output markdown=trailproof.md --output json=trailproof.json

      - if: ${ifThere('trailproof.md')}
        run: cat trailproof.md >> "$GITHUB_STEP_SUMMARY"

      # GitHub closes the alerts of what is not in the file, so one that may lack something is not sent.
      - id: sarif
        if: ${ifThere('trailproof.sarif')}
        run: |
          if grep -q '"executionSuccessful": true' trailproof.sarif; then echo whole=true >> "$GITHUB_OUTPUT"; fi

      - if: ${value("!cancelled() && steps.sarif.outputs.whole == 'true'")}
        uses: ${actions.uploadSarif}
        with:
          sarif_file: trailproof.sarif
          category: trailproof

      - if: ${ifThere('trailproof.json')}
        uses: ${actions.uploadArtifact}
        with:
          name: trailproof
          path: trailproof.json
`;

/** A GitLab job that scans with a role that it assumes by OpenID Connect. */
export const gitlabJob = ({
  version,
  roleArn = '$TRAILPROOF_ROLE_ARN',
}: PipelineOptions): string => `# Judges the audit trail of your AWS accounts: in scheduled pipelines, in those that somebody starts, and when what
# judges it has changed.
trailproof:
  image: node:24-alpine
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule" || $CI_PIPELINE_SOURCE == "web"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
      changes: [trailproof.yaml, ${gitlabFile}]
  # The role trusts GitLab's tokens and has the policy that trailproof permissions prints.
  id_tokens:
    TRAILPROOF_TOKEN:
      aud: $CI_SERVER_URL
  variables:
    AWS_REGION: us-east-1
    AWS_ROLE_ARN: ${roleArn}
    AWS_ROLE_SESSION_NAME: trailproof-$CI_PIPELINE_ID
    AWS_WEB_IDENTITY_TOKEN_FILE: $CI_BUILDS_DIR/trailproof.token
  script:
    - printf '%s' "$TRAILPROOF_TOKEN" > "$AWS_WEB_IDENTITY_TOKEN_FILE"
    # The gate: 0 compliant, 1 violations, 2 an error, 3 not all is known.
    - npx --yes trailproof@${version} scan --output gitlab=trailproof-quality.json --output junit=trailproof.xml --output json=trailproof.json
  artifacts:
    when: always
    paths: [trailproof.json]
    reports:
      codequality: trailproof-quality.json
      junit: trailproof.xml
`;

export const gitlabFile = '.gitlab/trailproof.yml';

/** A pipeline of nothing but the job. */
export const gitlabPipeline = `include:
  - local: ${gitlabFile}
`;
