"""Patches that make moto answer as AWS does, for the operations this project calls.

Each patch says what AWS answers; drop it when moto learns to. test/e2e/emulator-*.e2e.ts hold
them to it: run them after changing the pinned moto.
"""

from importlib import import_module

MODULES = {
    "cloudtrail": ("cloudtrail", "event_data_stores"),
    "config": ("config",),
    "ec2": ("ec2",),
    "iam": ("authorization",),
    "kms": ("kms",),
    "logs": ("logs",),
    "s3": ("s3",),
}


def apply(service):
    """Patches one service, on its first use: importing EC2 alone takes most of a second."""
    for module in MODULES.get(service, ()):
        import_module(f".{module}", __package__).apply()
