"""KMS: what a new key is by default, its policy, and its rotation."""

import json
import time

from moto.kms.models import Key
from moto.kms.responses import KmsResponse

DEFAULT_ROTATION_DAYS = 365
SECONDS_A_DAY = 86_400


def apply():
    patch_key_metadata()
    patch_key_policy()
    patch_rotation()


def patch_key_metadata():
    describe = Key.to_dict

    def to_dict(self):
        # moto leaves out what CreateKey was not told; AWS answers what it chose.
        metadata = {name: value for name, value in describe(self)["KeyMetadata"].items() if value not in (None, [])}
        return {"KeyMetadata": {"KeyUsage": "ENCRYPT_DECRYPT", "MultiRegion": False, **metadata}}

    Key.to_dict = to_dict


def patch_key_policy():
    def get_key_policy(self):
        # A key has one policy, so AWS takes its name for granted; moto wants to be told.
        return json.dumps({"Policy": key_of(self).policy, "PolicyName": "default"})

    KmsResponse.get_key_policy = get_key_policy


def patch_rotation():
    """moto answers only whether rotation is on."""
    enable = KmsResponse.enable_key_rotation
    get_status = KmsResponse.get_key_rotation_status

    def enable_key_rotation(self):
        answer = enable(self)
        key_of(self).rotation_days = self._get_param("RotationPeriodInDays") or DEFAULT_ROTATION_DAYS
        return answer

    def get_key_rotation_status(self):
        status = json.loads(get_status(self))
        key = key_of(self)
        status["KeyId"] = key.id
        if status["KeyRotationEnabled"]:
            days = getattr(key, "rotation_days", DEFAULT_ROTATION_DAYS)
            status["RotationPeriodInDays"] = days
            status["NextRotationDate"] = int(time.time()) + days * SECONDS_A_DAY
        return json.dumps(status)

    KmsResponse.enable_key_rotation = enable_key_rotation
    KmsResponse.get_key_rotation_status = get_key_rotation_status


def key_of(response):
    key_id = response._get_param("KeyId")
    response._validate_cmk_id(key_id)
    backend = response.kms_backend
    return backend.keys[backend.get_key_id(key_id)]
