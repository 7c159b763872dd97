"""Serves moto, the AWS emulator, on loopback, patched to answer as AWS does.

usage: python moto_launch.py [--port N] [--plain] [--exit-with-stdin]

Prints one line, `listening on http://127.0.0.1:<port>`, once it accepts connections.
`--plain` leaves the patches out, to see what moto itself answers.
"""

import argparse
import logging
import os
import sys
import threading

import conformance

LOOPBACK = "127.0.0.1"

# moto refuses to start its clients without credentials, and must never reach for real ones.
HARMLESS_ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}


def parse_arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0, help="0 picks a free one")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--exit-with-stdin", action="store_true", help="exit when stdin closes")
    return parser.parse_args()


def remember_module_list():
    """moto walks its own 170 folders on every request to learn which services it has."""
    import moto.backends as backends

    modules = tuple(backends.list_of_moto_modules())
    backends.list_of_moto_modules = lambda: modules


def remember_account_of_access_key():
    """moto searches every account for the access key of every request."""
    import moto.iam.models as iam

    search = iam.get_account_id_from
    account_of = {}

    def get_account_id_from(access_key):
        if access_key in account_of:
            return account_of[access_key]
        account_id = search(access_key)
        # The default account is also the answer for a key that is not known yet, so it may change.
        if account_id != iam.DEFAULT_ACCOUNT_ID:
            account_of[access_key] = account_id
        return account_id

    iam.get_account_id_from = get_account_id_from


def answer_what_is_missing():
    """moto dies with a stack trace of an operation that it does not have; the gateway tells the client."""
    from moto.core.responses import BaseResponse

    call_action = BaseResponse.call_action

    def answered(self):
        try:
            return call_action(self)
        except NotImplementedError as missing:
            return 501, {"Content-Type": "text/html"}, str(missing)

    BaseResponse.call_action = answered


def exit_with_stdin():
    """The starter holds our stdin: when it dies, however it dies, we are not left behind."""

    def wait_for_the_end():
        sys.stdin.buffer.read()
        os._exit(0)

    threading.Thread(target=wait_for_the_end, daemon=True).start()


def serve(port, prepare):
    """`prepare` is told the name of each service before it answers its first request."""
    from moto.moto_server.werkzeug_app import (
        DomainDispatcherApplication,
        MotoRequestHandler,
        create_backend_app,
    )
    from werkzeug.serving import make_server

    def create_app(service):
        prepare(service)
        return create_backend_app(service)

    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    MotoRequestHandler.protocol_version = "HTTP/1.1"  # keeps connections open
    server = make_server(
        LOOPBACK,
        port,
        DomainDispatcherApplication(create_app),
        threaded=True,
        request_handler=MotoRequestHandler,
    )
    print(f"listening on http://{LOOPBACK}:{server.server_port}", flush=True)
    server.serve_forever()


def main():
    arguments = parse_arguments()
    os.environ.update(HARMLESS_ENVIRONMENT)
    if arguments.exit_with_stdin:
        exit_with_stdin()
    remember_module_list()
    remember_account_of_access_key()
    answer_what_is_missing()
    serve(arguments.port, prepare=leave_as_it_is if arguments.plain else conformance.apply)


def leave_as_it_is(_service):
    pass


if __name__ == "__main__":
    main()
