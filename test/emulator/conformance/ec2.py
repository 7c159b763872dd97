"""EC2: which regions an account has."""

from moto.core.responses import ActionResult
from moto.ec2.responses import EC2Response


def apply():
    describe = EC2Response.describe_regions

    def describe_regions(self):
        # AWS leaves out the regions that the account did not opt in to, unless asked for all or by name.
        if self._get_bool_param("AllRegions", False) or self._get_param("RegionNames", []):
            return describe(self)
        regions = [region for region in self.ec2_backend.describe_regions() if region.opt_in_status != "not-opted-in"]
        return ActionResult({"Regions": regions})

    EC2Response.describe_regions = describe_regions
