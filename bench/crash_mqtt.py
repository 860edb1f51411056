"""The part of MQTT 3.1.1 that crash.py needs: connect, subscribe and acknowledge at QoS 1, publish at QoS 0."""
import asyncio
import struct

KEEP_ALIVE_SECONDS = 60


def packet(first, body):
    length, size = bytearray(), len(body)
    while True:
        size, digit = size >> 7, size & 0x7F
        length.append(digit | (0x80 if size else 0))
        if not size:
            return bytes([first]) + bytes(length) + body


def text(value):
    data = value.encode()
    return struct.pack("!H", len(data)) + data


class MqttClient:
    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer
        self.on_message = None

    @classmethod
    async def connect(cls, port, client_id):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(packet(0x10, text("MQTT") + b"\x04\x02" + struct.pack("!H", KEEP_ALIVE_SECONDS) + text(client_id)))
        answer = await reader.readexactly(4)
        if answer[3]:
            raise ConnectionError(f"refused: {answer[3]}")
        client = cls(reader, writer)
        client.tasks = [asyncio.create_task(client.read()), asyncio.create_task(client.ping())]
        return client

    async def subscribe(self, topic, on_message):
        self.on_message = on_message
        self.writer.write(packet(0x82, b"\x00\x01" + text(topic) + b"\x01"))
        await self.writer.drain()

    def publish(self, topic, payload):
        self.writer.write(packet(0x30, text(topic) + payload))

    async def ping(self):
        while True:
            await asyncio.sleep(KEEP_ALIVE_SECONDS / 2)
            self.writer.write(b"\xc0\x00")

    async def read(self):
        while True:
            first = (await self.reader.readexactly(1))[0]
            size = shift = 0
            while True:
                digit = (await self.reader.readexactly(1))[0]
                size |= (digit & 0x7F) << shift
                shift += 7
                if not digit & 0x80:
                    break
            body = await self.reader.readexactly(size)
            if first & 0xF0 == 0x30:
                end = 2 + struct.unpack("!H", body[:2])[0]
                if first & 0x06:
                    self.writer.write(packet(0x40, body[end:end + 2]))
                    self.on_message(body[2:end].decode(), body[end + 2:])
                else:
                    self.on_message(body[2:end].decode(), body[end:])
