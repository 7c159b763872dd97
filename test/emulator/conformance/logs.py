"""CloudWatch Logs: the class of a log group."""

from moto.logs.models import LogGroup


def apply():
    describe = LogGroup.to_describe_dict

    def to_describe_dict(self):
        # AWS always names the class; moto knows no other than the standard one.
        return {**describe(self), "logGroupClass": "STANDARD"}

    LogGroup.to_describe_dict = to_describe_dict
