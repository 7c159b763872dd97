"""AWS Config: what the recorder and its delivery channel report."""

import json

from moto.config.models import ConfigRecorder, ConfigRecorderStatus
from moto.config.responses import ConfigResponse


def apply():
    patch_recorders()
    patch_recorder_status()
    patch_delivery_channel_status()


def patch_recorders():
    describe = ConfigRecorder.to_dict

    def to_dict(self):
        # moto drops the recording mode; AWS answers the default, and that the recorder is the customer's own.
        return {
            **describe(self),
            "recordingMode": {"recordingFrequency": "CONTINUOUS", "recordingModeOverrides": []},
            "recordingScope": "PAID",
        }

    ConfigRecorder.to_dict = to_dict


def patch_recorder_status():
    describe = ConfigRecorderStatus.to_dict

    def to_dict(self):
        status = describe(self)
        # moto stays at PENDING for ever; on AWS the first delivery settles it within minutes.
        if status["recording"]:
            status["lastStatus"] = "SUCCESS"
        return status

    ConfigRecorderStatus.to_dict = to_dict


def patch_delivery_channel_status():
    delivered = {"lastStatus": "SUCCESS"}

    def describe_delivery_channel_status(self):
        channels = self.config_backend.describe_delivery_channels(self._get_param("DeliveryChannelNames"))
        statuses = [
            {
                "name": channel["name"],
                "configSnapshotDeliveryInfo": delivered,
                "configHistoryDeliveryInfo": delivered,
                "configStreamDeliveryInfo": delivered,
            }
            for channel in channels
        ]
        return json.dumps({"DeliveryChannelsStatus": statuses})

    ConfigResponse.describe_delivery_channel_status = describe_delivery_channel_status
