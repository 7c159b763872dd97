"""IAM: the action that a request needs. moto enforces policies, but by names of its own."""

from urllib.parse import parse_qs, urlsplit

import moto.iam.access_control as access_control
from moto.iam.access_control import IAMRequestBase

# moto takes the signing name for the prefix of the action.
PREFIXES = {"monitoring": "cloudwatch"}

# What reading a bucket needs, by what the query asks for (service authorization reference, Amazon S3).
BUCKET_ACTIONS = {
    "acl": "GetBucketAcl",
    "encryption": "GetEncryptionConfiguration",
    "lifecycle": "GetLifecycleConfiguration",
    "location": "GetBucketLocation",
    "logging": "GetBucketLogging",
    "notification": "GetBucketNotification",
    "object-lock": "GetBucketObjectLockConfiguration",
    "ownershipControls": "GetBucketOwnershipControls",
    "policy": "GetBucketPolicy",
    "policyStatus": "GetBucketPolicyStatus",
    "publicAccessBlock": "GetBucketPublicAccessBlock",
    "replication": "GetReplicationConfiguration",
    "requestPayment": "GetBucketRequestPayment",
    "tagging": "GetBucketTagging",
    "versioning": "GetBucketVersioning",
}

ACCOUNT_BLOCK = "/v20180820/configuration/publicAccessBlock"


def apply():
    patch_action_names()
    patch_partitions()


def patch_action_names():
    check = IAMRequestBase.check_action_permitted

    def check_action_permitted(self, resource):
        self._action = action_of(self)
        return check(self, resource)

    IAMRequestBase.check_action_permitted = check_action_permitted


def patch_partitions():
    """The one account here has the regions of all partitions, and its users are those of the first."""
    access_control.get_partition = lambda region: "aws"


def action_of(request):
    service, name = request._action.split(":", 1)
    if service == "s3" and request._method in ("GET", "HEAD"):
        return f"s3:{reading(request._path) or name}"
    return f"{PREFIXES.get(service, service)}:{name}"


def reading(url):
    """The action that reads something of a bucket or of the account's S3 settings; nothing: moto knows it."""
    path = urlsplit(url).path
    if path == ACCOUNT_BLOCK:
        return "GetAccountPublicAccessBlock"
    names_bucket_alone = path.strip("/").count("/") == 0 and path != "/"
    if not names_bucket_alone:
        return None
    asked = parse_qs(urlsplit(url).query, keep_blank_values=True)
    return next((action for name, action in BUCKET_ACTIONS.items() if name in asked), "ListBucket")
