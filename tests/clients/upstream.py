"""Hands in one data subject request over AMQP: what an upstream system does.

    pip install pika pynacl grpcio-tools
    export REDRESS_URL=http://127.0.0.1:8420 REDRESS_TENANT=dublin REDRESS_TOKEN=... # of the role `upstream`
    export REDRESS_BROKER=amqp://shop:password@127.0.0.1:5672/%2f                    # as a `[[broker_user]]`
    python upstream.py PROTO EXPORT someone@example.com

PROTO is the folder `proto` of Redress. The person is named in a libsodium sealed box that only the tenant's front door
opens: neither the broker nor its files have the address. A request that cannot be taken in is answered by the event
`<tenant>.request.rejected`, which this user may listen to.
"""

import base64
import json
import os
import sys
import urllib.request
import uuid

import grpc
import nacl.public
import pika

folder, kind, email = sys.argv[1:]
sys.path.append(folder)
intake = grpc.protos("redress/v1/intake.proto")
subject = grpc.protos("redress/v1/subject.proto")
words = grpc.protos("redress/v1/words.proto")


def intake_key():
    url = f"{os.environ['REDRESS_URL']}/v1/tenants/{os.environ['REDRESS_TENANT']}/intake-key"
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {os.environ['REDRESS_TOKEN']}"})
    with urllib.request.urlopen(request) as answer:
        return nacl.public.PublicKey(base64.b64decode(json.load(answer)["public_key"]))


person = intake.SealedSubmission(
    kind=words.SUBJECT_KIND_CUSTOMER,
    identifiers=[subject.Identifier(kind=words.IDENTIFIER_KIND_EMAIL, value=email)],
    verification=subject.Verification(method="sign-in", level=words.VERIFICATION_LEVEL_AUTHENTICATED),
)
submission = intake.SubmitRequest(
    idempotency_key=str(uuid.uuid4()),  # sent again with the same key, it counts once
    kind=words.Kind.Value(f"KIND_{kind}"),
    sealed=nacl.public.SealedBox(intake_key()).encrypt(person.SerializeToString()),
)

broker = pika.URLParameters(os.environ["REDRESS_BROKER"])
with pika.BlockingConnection(broker) as connection:
    channel = connection.channel()
    channel.confirm_delivery()  # `basic_publish` returns when the broker has it on disk, and raises if it has not
    properties = pika.BasicProperties(
        type="redress.v1.SubmitRequest",
        content_type="application/protobuf",
        message_id=submission.idempotency_key,
        user_id=broker.credentials.username,  # the broker lets nobody name another
        delivery_mode=pika.DeliveryMode.Persistent,
    )
    channel.basic_publish("redress.requests", "", submission.SerializeToString(), properties, mandatory=True)
print(submission.idempotency_key)
