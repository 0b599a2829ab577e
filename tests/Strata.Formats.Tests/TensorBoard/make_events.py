"""Writes the event files that the tests compare with, by Google's protobuf library and a CRC of its own.

    /usr/bin/python3 make_events.py        (Debian: python3-protobuf)

own.tfevents      what EventWriter must write to the byte
foreign.tfevents  what other writers may write: other orders, unpacked lists, scalars as tensors, unknown fields
"""
import struct
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

TYPES = {"double": 1, "float": 2, "int64": 3, "int32": 5, "string": 9, "message": 11, "bytes": 12}

# message: (field, number, type or message, repeated, packed); numbers as published in TensorFlow's .proto files
MESSAGES = {
    "PluginData": [("plugin_name", 1, "string")],
    "SummaryMetadata": [("plugin_data", 1, "PluginData"), ("data_class", 4, "int32")],
    "TensorShape": [],
    "Tensor": [("dtype", 1, "int32"), ("tensor_shape", 2, "TensorShape"), ("tensor_content", 4, "bytes"),
               ("float_val", 5, "float", True, True), ("string_val", 8, "bytes", True)],
    "Image": [("height", 1, "int32"), ("width", 2, "int32"), ("colorspace", 3, "int32"), ("encoded", 4, "bytes")],
    "Histogram": [("min", 1, "double"), ("max", 2, "double"), ("num", 3, "double"), ("sum", 4, "double"), ("sum_squares", 5, "double"),
                  ("limit", 6, "double", True, True), ("bucket", 7, "double", True, True)],
    "LooseHistogram": [("min", 1, "double"), ("max", 2, "double"), ("num", 3, "double"), ("sum", 4, "double"), ("sum_squares", 5, "double"),
                       ("limit", 6, "double", True, False), ("bucket", 7, "double", True, False), ("unknown", 1000, "string")],
    "Value": [("tag", 1, "string"), ("simple_value", 2, "float"), ("image", 4, "Image"), ("histo", 5, "Histogram"),
              ("tensor", 8, "Tensor"), ("metadata", 9, "SummaryMetadata")],
    "Summary": [("value", 1, "Value", True)],
    "Event": [("wall_time", 1, "double"), ("step", 2, "int64"), ("file_version", 3, "string"), ("summary", 5, "Summary")],
}


def build():
    file = descriptor_pb2.FileDescriptorProto(name="events.proto", package="e", syntax="proto2")  # proto2 writes a zero that was set
    for name, fields in MESSAGES.items():
        message = file.message_type.add(name=name)
        for field in fields:
            repeated, packed = (list(field[3:]) + [False, False])[:2]
            f = message.field.add(name=field[0], number=field[1], label=3 if repeated else 1, type=TYPES.get(field[2], 11))
            if field[2] not in TYPES:
                f.type_name = ".e." + field[2]
            if packed:
                f.options.packed = True
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    factory = message_factory.MessageFactory(pool)
    return {name: factory.GetPrototype(pool.FindMessageTypeByName("e." + name)) for name in MESSAGES}


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def masked(data):
    crc = crc32c(data)
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def record(data):
    head = struct.pack("<Q", len(data))
    return head + struct.pack("<I", masked(head)) + data + struct.pack("<I", masked(data))


m = build()
assert crc32c(b"123456789") == 0xE3069283
version = m["Event"](wall_time=1700000000.5, file_version="brain.Event:2").SerializeToString()


def event(step, *values):
    return m["Event"](wall_time=1700000000.5, step=step, summary=m["Summary"](value=values)).SerializeToString()


def value(**fields):
    return m["Value"](**fields)


own = [
    version,
    event(0, value(tag="loss/train", simple_value=0.1)),
    event(300, value(tag="loss/train", simple_value=float("inf"))),
    event(1 << 40, value(tag="größe", simple_value=-0.0)),
    event(-1, value(tag="weights", histo=m["Histogram"](min=-1, max=3, num=5, sum=4, sum_squares=12, limit=[0, 1, 2, 3], bucket=[1, 1, 2, 1]))),
    event(7, value(tag="note", tensor=m["Tensor"](dtype=7, tensor_shape=m["TensorShape"](), string_val=["**Strata** läuft".encode()]),
                   metadata=m["SummaryMetadata"](plugin_data=m["PluginData"](plugin_name="text"), data_class=2))),
]
open("own.tfevents", "wb").write(b"".join(map(record, own)))

loose = m["LooseHistogram"](min=-1, max=3, num=5, sum=4, sum_squares=14, limit=[0, 3], bucket=[1, 4], unknown="?").SerializeToString()
# tag 1, histogram 5 by hand; then an event whose step follows its summary
histogram = b"\x0a\x01h\x2a" + bytes([len(loose) & 127 | 128, len(loose) >> 7]) + loose
summary = b"\x0a" + bytes([len(histogram) & 127 | 128, len(histogram) >> 7]) + histogram
late_step = b"\x2a" + bytes([len(summary) & 127 | 128, len(summary) >> 7]) + summary + b"\x10\x05" + b"\x09" + struct.pack("<d", 1700000001.0)
foreign = [
    version,
    event(1, value(tag="a", simple_value=1.5), value(tag="b", tensor=m["Tensor"](dtype=1, float_val=[2.5])),
          value(tag="c", tensor=m["Tensor"](dtype=1, tensor_content=struct.pack("<f", 3.5)))),
    event(2, value(tag="picture", image=m["Image"](height=2, width=3, colorspace=1, encoded=b"\x89PNG"))),
    event(3, value(tag="unknown", tensor=m["Tensor"](dtype=9, tensor_content=b"12345678"))),
    late_step,
]
open("foreign.tfevents", "wb").write(b"".join(map(record, foreign)))
