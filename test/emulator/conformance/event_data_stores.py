"""CloudTrail Lake event data stores, which moto does not have."""

import json
import time
import uuid

from moto.cloudtrail.responses import CloudTrailResponse
from moto.core.exceptions import JsonRESTError

DEFAULT_SELECTORS = [
    {
        "Name": "Default management events",
        "FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}],
    }
]


def apply():
    CloudTrailResponse.create_event_data_store = create_event_data_store
    CloudTrailResponse.get_event_data_store = get_event_data_store
    CloudTrailResponse.list_event_data_stores = list_event_data_stores


def stores_of(response):
    """Kept on the backend, so that a reset forgets them with everything else."""
    return response.cloudtrail_backend.__dict__.setdefault("event_data_stores", {})


def create_event_data_store(self):
    request = json.loads(self.body)
    backend = self.cloudtrail_backend
    arn = f"arn:aws:cloudtrail:{backend.region_name}:{backend.account_id}:eventdatastore/{uuid.uuid4()}"
    now = int(time.time())
    store = {
        "EventDataStoreArn": arn,
        "Name": request["Name"],
        "Status": "ENABLED",
        "AdvancedEventSelectors": request.get("AdvancedEventSelectors") or DEFAULT_SELECTORS,
        "MultiRegionEnabled": request.get("MultiRegionEnabled", True),
        "OrganizationEnabled": request.get("OrganizationEnabled", False),
        "BillingMode": request.get("BillingMode", "EXTENDABLE_RETENTION_PRICING"),
        "RetentionPeriod": request.get("RetentionPeriod", 366),
        "TerminationProtectionEnabled": request.get("TerminationProtectionEnabled", True),
        "CreatedTimestamp": now,
        "UpdatedTimestamp": now,
    }
    if request.get("KmsKeyId"):
        store["KmsKeyId"] = request["KmsKeyId"]
    stores_of(self)[arn] = store
    backend.tagging_service.tag_resource(arn, request.get("TagsList") or [])
    return json.dumps(store)


def get_event_data_store(self):
    reference = json.loads(self.body)["EventDataStore"]
    for arn, store in stores_of(self).items():
        if reference in (arn, arn.rpartition("/")[2]):
            return json.dumps(store)
    raise JsonRESTError("EventDataStoreNotFoundException", f"Event data store not found: {reference}")


def list_event_data_stores(self):
    # AWS fills in these two members only; the others are deprecated here.
    stores = [{name: store[name] for name in ("EventDataStoreArn", "Name")} for store in stores_of(self).values()]
    return json.dumps({"EventDataStores": stores})
