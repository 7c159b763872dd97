"""CloudTrail trails: descriptions, status, event selectors, insight selectors, tags."""

import json

from moto.cloudtrail.exceptions import TrailNotFoundException
from moto.cloudtrail.models import CloudTrailBackend, Trail, TrailStatus, cloudtrail_backends
from moto.cloudtrail.responses import CloudTrailResponse
from moto.core.exceptions import JsonRESTError
from moto.organizations.models import organizations_backends

# What a trail records when nobody ever put selectors.
DEFAULT_EVENT_SELECTORS = [
    {
        "ReadWriteType": "All",
        "IncludeManagementEvents": True,
        "DataResources": [],
        "ExcludeManagementEventSources": [],
    }
]


def apply():
    patch_descriptions()
    patch_status()
    patch_event_selectors()
    patch_insight_selectors()
    patch_tags()


def find_trail(backend, reference):
    """A trail of this region by name or ARN, or by ARN the shadow that another's multi-region trail has here."""
    trail = backend.trails.get(reference) or trail_with_arn(backend, reference)
    for of_organization in organization_trails(backend):
        if of_organization.arn == reference:
            return of_organization
    if trail and (trail.is_multi_region or trail.region_name == backend.region_name):
        return trail
    raise TrailNotFoundException(account_id=backend.account_id, name=reference)


def trail_with_arn(backend, arn):
    for regional_backend in list(cloudtrail_backends[backend.account_id].values()):
        for trail in list(regional_backend.trails.values()):
            if trail.arn == arn:
                return trail
    return None


def organization_trails(backend):
    """The trails of the management account that are there for every member, as shadows."""
    management, _ = organizations_backends.master_accounts.get(backend.account_id, (None, None))
    if management is None:
        return []
    return [
        trail
        for regional_backend in list(cloudtrail_backends[management].values())
        for trail in list(regional_backend.trails.values())
        if trail.is_org_trail and (trail.is_multi_region or trail.region_name == backend.region_name)
    ]


def patch_descriptions():
    describe = Trail.description

    def description(self, include_region=False):
        # AWS always names the home region, says whether selectors were put, and leaves out what is not set.
        fields = describe(self, include_region=True)
        fields["HasCustomEventSelectors"] = bool(self.event_selectors or self.advanced_event_selectors)
        fields["HasInsightSelectors"] = bool(self.insight_selectors)
        return {name: value for name, value in fields.items() if value is not None}

    def describe_trails(self):
        backend = self.cloudtrail_backend
        references = self._get_param("trailNameList")
        if references:
            trails = named_trails(backend, references)
        else:
            with_shadows = self._get_bool_param("includeShadowTrails", True)
            trails = list(backend.describe_trails(with_shadows))
            trails += organization_trails(backend) if with_shadows else []
        return json.dumps({"trailList": [trail.description() for trail in trails]})

    def named_trails(backend, references):
        # By ARN a trail of any region is described; an unknown one is left out.
        trails = [backend.trails.get(reference) or trail_with_arn(backend, reference) for reference in references]
        return [trail for trail in trails if trail]

    Trail.description = description
    CloudTrailResponse.describe_trails = describe_trails


def patch_status():
    describe = TrailStatus.description

    def get_trail_status(self):
        trail = find_trail(self.cloudtrail_backend, self._get_param("Name"))
        # moto fills the retired string fields with ""; AWS has times, and only of what the trail delivers.
        status = {name: value for name, value in describe(trail.status).items() if value not in ("", None)}
        delivered_at = status.get("LatestDeliveryTime")
        if delivered_at and trail.cw_log_group_arn:
            status["LatestCloudWatchLogsDeliveryTime"] = delivered_at
        if delivered_at and trail.log_validation:
            status["LatestDigestDeliveryTime"] = delivered_at
        return json.dumps(status)

    CloudTrailResponse.get_trail_status = get_trail_status


def patch_event_selectors():
    def put_event_selectors(self, event_selectors, advanced_event_selectors):
        # A trail has one form or the other: putting one drops the other.
        self.event_selectors = event_selectors or []
        self.advanced_event_selectors = advanced_event_selectors or []

    def get_event_selectors(self):
        trail = find_trail(self.cloudtrail_backend, self._get_param("TrailName"))
        answer = {"TrailARN": trail.arn}
        if trail.advanced_event_selectors:
            answer["AdvancedEventSelectors"] = trail.advanced_event_selectors
        else:
            answer["EventSelectors"] = trail.event_selectors or DEFAULT_EVENT_SELECTORS
        return json.dumps(answer)

    Trail.put_event_selectors = put_event_selectors
    CloudTrailResponse.get_event_selectors = get_event_selectors


def patch_insight_selectors():
    def put_insight_selectors(self, insight_selectors):
        # Putting replaces the whole set; an empty one switches Insights off.
        self.insight_selectors = list(insight_selectors or [])

    def get_insight_selectors(self):
        trail = find_trail(self.cloudtrail_backend, self._get_param("TrailName"))
        if not trail.insight_selectors:
            raise JsonRESTError(
                "InsightNotEnabledException",
                f"Trail {trail.arn} does not have Insights enabled. Edit the trail settings to enable Insights.",
            )
        return json.dumps({"TrailARN": trail.arn, "InsightSelectors": trail.insight_selectors})

    Trail.put_insight_selectors = put_insight_selectors
    CloudTrailResponse.get_insight_selectors = get_insight_selectors


def patch_tags():
    list_tags = CloudTrailBackend.list_tags

    def list_tags_of_existing(self, resource_id_list):
        # moto answers "no tags" for what is not there; AWS knows the resources of the current region alone.
        known = {trail.arn for trail in self.trails.values()} | self.__dict__.get("event_data_stores", {}).keys()
        for resource_id in resource_id_list:
            if resource_id not in known:
                raise JsonRESTError("ResourceNotFoundException", f"Resource not found: {resource_id}")
        return list_tags(self, resource_id_list)

    CloudTrailBackend.list_tags = list_tags_of_existing
