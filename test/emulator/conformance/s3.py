"""S3: the defaults of a new bucket, listing, public policies, and buckets of another region."""

import json

import moto.s3.responses as s3_responses
from moto.core.responses import ActionResult
from moto.s3.models import FakeBucket, PublicAccessBlock, S3Backend
from moto.s3.responses import S3Response

# Condition keys that, held to fixed values, keep a policy with Principal "*" from being public.
LIMITING_CONDITION_KEYS = frozenset(
    key.lower()
    for key in (
        "aws:PrincipalAccount",
        "aws:PrincipalArn",
        "aws:PrincipalOrgID",
        "aws:PrincipalOrgPaths",
        "aws:SourceAccount",
        "aws:SourceArn",
        "aws:SourceIp",
        "aws:SourceOwner",
        "aws:SourceVpc",
        "aws:SourceVpce",
        "aws:userid",
        "s3:DataAccessPointAccount",
        "s3:DataAccessPointArn",
        "s3:x-amz-server-side-encryption-aws-kms-key-id",
    )
)


def apply():
    patch_new_buckets()
    patch_default_encryption()
    patch_default_retention()
    patch_policy_status()
    patch_list_buckets()
    patch_region_redirect()
    patch_expected_owner()


def patch_new_buckets():
    """Since April 2023 a new bucket blocks public access and has no ACLs."""
    initialize = FakeBucket.__init__

    def __init__(self, *arguments, **options):
        initialize(self, *arguments, **options)
        self.public_access_block = PublicAccessBlock("true", "true", "true", "true")
        self.ownership_rule = "BucketOwnerEnforced"

    FakeBucket.__init__ = __init__


def patch_default_encryption():
    """Since January 2023 a bucket is encrypted with SSE-S3 when nobody asked for anything else."""
    get = S3Backend.get_bucket_encryption
    default = {
        "Rule": {
            "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"},
            "BucketKeyEnabled": "false",
        }
    }
    S3Backend.get_bucket_encryption = lambda self, bucket_name: get(self, bucket_name) or default


def patch_default_retention():
    """A default retention is in days or in years; moto answers the other as 0."""
    get = S3Backend.get_object_lock_configuration

    def get_object_lock_configuration(self, bucket_name):
        enabled, mode, days, years = get(self, bucket_name)
        return enabled, mode, days or None, years or None

    S3Backend.get_object_lock_configuration = get_object_lock_configuration


def patch_policy_status():
    """moto takes any condition to keep a policy from being public."""

    def bucket_policy_is_public(policy):
        statements = json.loads(policy).get("Statement", [])
        if isinstance(statements, dict):
            statements = [statements]
        return any(is_public(statement) for statement in statements)

    s3_responses.bucket_policy_is_public = bucket_policy_is_public


def is_public(statement):
    if statement.get("Effect") != "Allow" or not is_anyone(statement.get("Principal")):
        return False
    conditions = statement.get("Condition", {}).values()
    return not any(
        key.lower() in LIMITING_CONDITION_KEYS and is_fixed(values)
        for operands in conditions
        for key, values in operands.items()
    )


def is_anyone(principal):
    if isinstance(principal, dict):
        principal = principal.get("AWS")
    return "*" in principal if isinstance(principal, list) else principal == "*"


def is_fixed(values):
    if not isinstance(values, list):
        values = [values]
    return not any("*" in str(value) or "?" in str(value) or value == "0.0.0.0/0" for value in values)


def patch_list_buckets():
    """moto cuts the list at max-buckets without saying where to go on, and names no regions."""

    def all_buckets(self):
        self.data["Action"] = "ListAllMyBuckets"
        self._authenticate_and_authorize_s3_action()
        buckets = self.backend.list_buckets(
            prefix=self._get_param("prefix"),
            bucket_region=self._get_param("bucket-region"),
            max_buckets=None,
        )
        after = self._get_param("continuation-token") or ""
        limit = int(self._get_param("max-buckets") or 10_000)
        remaining = sorted((bucket for bucket in buckets if bucket.name > after), key=lambda bucket: bucket.name)
        page = remaining[:limit]
        answer = {"Owner": {"ID": "bcaf1ffd86f41161ca5fb16fd081034f"}, "Buckets": [listed(bucket) for bucket in page]}
        if len(remaining) > limit:
            answer["ContinuationToken"] = page[-1].name
        self.data["Action"] = "ListBuckets"
        return self.serialized(ActionResult(answer))

    S3Response.all_buckets = all_buckets


def listed(bucket):
    return {
        "Name": bucket.name,
        "CreationDate": bucket.creation_date_ISO8601,
        "BucketRegion": bucket.region_name,
        "BucketArn": f"arn:aws:s3:::{bucket.name}",
    }


def patch_region_redirect():
    """AWS serves a bucket in its own region only; moto in every one, which would hide a wrong client."""
    answer_request = S3Response._bucket_response

    def _bucket_response(self, request, full_url):
        bucket = self.backend.buckets.get(self.parse_bucket_name_from_url(request, full_url))
        creates = request.method == "PUT" and not request.query_string
        if bucket and bucket.region_name != self.region and "location" not in request.args and not creates:
            return permanent_redirect(bucket)
        return answer_request(self, request, full_url)

    S3Response._bucket_response = _bucket_response


def permanent_redirect(bucket):
    body = (
        '<?xml version="1.0" encoding="UTF-8"?><Error><Code>PermanentRedirect</Code>'
        "<Message>The bucket you are attempting to access must be addressed using the specified endpoint. "
        "Please send all future requests to this endpoint.</Message>"
        f"<Endpoint>{bucket.name}.s3.{bucket.region_name}.amazonaws.com</Endpoint><Bucket>{bucket.name}</Bucket></Error>"
    )
    return 301, {"x-amz-bucket-region": bucket.region_name, "content-type": "application/xml"}, body


def patch_expected_owner():
    """Whoever says whose bucket it must be is refused another's."""
    head = S3Response.head_bucket

    def head_bucket(self):
        answer = head(self)
        expected = self.headers.get("x-amz-expected-bucket-owner")
        if answer[0] == 200 and expected and self.backend.head_bucket(self.bucket_name).account_id != expected:
            return 403, {}, ""
        return answer

    S3Response.head_bucket = head_bucket
