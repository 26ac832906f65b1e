"""Prints every event of a tenant as a line of JSON: what an audit consumer does.

    pip install pika grpcio-tools
    export REDRESS_TENANT=dublin
    export REDRESS_BROKER=amqp://books:password@127.0.0.1:5672/%2f  # as a `[[broker_user]]` of the role `auditor`
    python audit.py PROTO

PROTO is the folder `proto` of Redress. The queue keeps what comes while nobody listens. An event may come twice: it has
the same `cloudEvents_id` then. Each carries a number that is dense for its sender and request: a gap is seen.
"""

import json
import os
import sys

import grpc
import pika
from google.protobuf import json_format

sys.path.append(sys.argv[1])
events = grpc.protos("redress/v1/events.proto")


def heard(channel, method, properties, body):
    event = json_format.MessageToDict(events.Event.FromString(body), preserving_proto_field_name=True)
    print(json.dumps({"id": properties.headers["cloudEvents_id"], "event": method.routing_key} | event), flush=True)
    channel.basic_ack(method.delivery_tag)  # only now: what was not written comes again


broker = pika.URLParameters(os.environ["REDRESS_BROKER"])
with pika.BlockingConnection(broker) as connection:
    channel = connection.channel()
    queue = f"{broker.credentials.username}.events"
    channel.queue_declare(queue, durable=True, arguments={"x-queue-type": "quorum"})
    channel.queue_bind(queue, "redress.events", f"{os.environ['REDRESS_TENANT']}.#")
    channel.basic_qos(prefetch_count=100)
    channel.basic_consume(queue, heard)
    print(json.dumps({"listening": queue}), file=sys.stderr, flush=True)
    channel.start_consuming()
