package io.github.printer2mqtt.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Bambu Lab printer: an MQTT 3.1.1 broker with TLS that knows one user, its topics and its requests. It answers {@code pushall} with the
 * whole status and reports changes that a test makes. Safe for every thread.
 */
public final class SimulatedBambu implements AutoCloseable {
    public static final String SERIAL = "01P00C000000001";
    public static final String CODE = "12345678";

    private static final int REFUSED = 5;

    private final Vertx vertx;
    private final NetServerOptions options;
    private final JsonObject print = new JsonObject();
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final List<JsonObject> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger logins = new AtomicInteger();
    private volatile NetServer server;
    private volatile String product = "Bambu Lab P1S";
    private volatile String code = CODE;
    private volatile BambuReply reply = BambuReply.SUCCESS;
    private volatile Cut cut = Cut.NOWHERE;
    private volatile boolean answersPushAll = true;

    /** Where the printer closes the connection. */
    public enum Cut {
        NOWHERE,
        AT_CONNECT,
        AT_SUBSCRIBE,
        AT_PUSHALL
    }

    private SimulatedBambu(Vertx vertx, BambuCertificates certificates) {
        this.vertx = vertx;
        this.options = new NetServerOptions().setSsl(true).setKeyCertOptions(certificates.keyCert());
        this.server = vertx.createNetServer(options);
        print.put("gcode_state", "IDLE")
                .put("stg_cur", 255)
                .put("print_type", "idle")
                .put("print_error", 0)
                .put("hms", new JsonArray())
                .put("nozzle_temper", 24.5)
                .put("nozzle_target_temper", 0)
                .put("bed_temper", 23.1)
                .put("bed_target_temper", 0)
                .put("chamber_temper", 5)
                .put("mc_percent", 0)
                .put("mc_remaining_time", 0)
                .put("layer_num", 0)
                .put("total_layer_num", 0)
                .put("subtask_name", "")
                .put("spd_mag", 100)
                .put("cooling_fan_speed", "0")
                .put(
                        "lights_report",
                        new JsonArray().add(new JsonObject("{\"node\":\"chamber_light\",\"mode\":\"on\"}")));
    }

    public static SimulatedBambu start(Vertx vertx, BambuCertificates certificates) {
        SimulatedBambu printer = new SimulatedBambu(vertx, certificates);
        printer.listen(0);
        return printer;
    }

    private void listen(int port) {
        server.connectHandler(socket -> new Client(socket)).exceptionHandler(failure -> {});
        Await.done(server.listen(port, "127.0.0.1"));
    }

    /** Nothing listens any more. */
    public void switchOff() {
        Await.done(server.close());
    }

    /** Listens on the same port again. */
    public void switchOn() {
        int port = port();
        server = vertx.createNetServer(options);
        listen(port);
    }

    public int port() {
        return server.actualPort();
    }

    /** CONNECT packets with the right user and code so far. */
    public int logins() {
        return logins.get();
    }

    public int connections() {
        return clients.size();
    }

    /** Requests so far, in order. */
    public List<JsonObject> requests() {
        return List.copyOf(requests);
    }

    public long requested(String command) {
        return requests.stream()
                .filter(request -> request.encode().contains("\"command\":\"" + command + "\""))
                .count();
    }

    public void setProduct(String name) {
        product = name;
    }

    public void setCode(String text) {
        code = text;
    }

    public void setReply(BambuReply kind) {
        reply = kind;
    }

    public void setCut(Cut where) {
        cut = where;
    }

    public void setAnswersPushAll(boolean answers) {
        answersPushAll = answers;
    }

    /** Changes the status without a report. */
    public void change(Object... members) {
        synchronized (print) {
            print.mergeIn(object(members));
        }
    }

    /** Changes the status and reports the change. */
    public void report(Object... members) {
        change(members);
        send(new JsonObject()
                .put("print", object(members).put("command", "push_status").put("msg", 1)));
    }

    /** Sends any text as a report. */
    public void send(String text) {
        clients.forEach(client -> client.publish(Buffer.buffer(text)));
    }

    private void send(JsonObject message) {
        send(message.encode());
    }

    /** Sends bytes that need not be MQTT. */
    public void sendBytes(Buffer bytes) {
        clients.forEach(client -> client.socket.write(bytes));
    }

    public void dropConnections() {
        clients.forEach(client -> client.socket.close());
    }

    private static JsonObject object(Object... members) {
        JsonObject object = new JsonObject();
        for (int i = 0; i < members.length; i += 2) {
            object.put((String) members[i], members[i + 1]);
        }
        return object;
    }

    @Override
    public void close() {
        Await.done(server.close());
    }

    private final class Client {
        private final NetSocket socket;
        private Buffer pending = Buffer.buffer();
        private boolean subscribed;

        Client(NetSocket socket) {
            this.socket = socket;
            clients.add(this);
            socket.exceptionHandler(failure -> {});
            socket.closeHandler(closed -> clients.remove(this));
            socket.handler(this::read);
        }

        private void read(Buffer bytes) {
            pending.appendBuffer(bytes);
            for (MqttPacket packet = MqttPacket.first(pending); packet != null; packet = MqttPacket.first(pending)) {
                pending = pending.getBuffer(packet.encodedLength(), pending.length());
                respond(packet);
            }
        }

        private void respond(MqttPacket packet) {
            switch (packet.type()) {
                case MqttPacket.CONNECT -> connect(packet.body());
                case MqttPacket.SUBSCRIBE -> subscribe(packet.body());
                case MqttPacket.PUBLISH -> request(packet.body());
                case MqttPacket.PINGREQ -> packet(0xd0, Buffer.buffer());
                default -> {}
            }
        }

        private void connect(Buffer body) {
            if (cut == Cut.AT_CONNECT) {
                socket.close();
                return;
            }
            // Without a will the payload is client id, user and password.
            String text = body.toString(StandardCharsets.ISO_8859_1);
            boolean isKnown = text.contains("bblp") && text.endsWith(code);
            if (isKnown) {
                logins.incrementAndGet();
            }
            packet(0x20, Buffer.buffer().appendByte((byte) 0).appendByte((byte) (isKnown ? 0 : REFUSED)));
        }

        private void subscribe(Buffer body) {
            if (cut == Cut.AT_SUBSCRIBE) {
                socket.close();
                return;
            }
            String filter = body.getString(4, 4 + body.getUnsignedShort(2));
            subscribed = filter.equals("device/" + SERIAL + "/report");
            packet(0x90, body.getBuffer(0, 2).appendByte((byte) 0));
        }

        private void request(Buffer body) {
            int topicEnd = 2 + body.getUnsignedShort(0);
            JsonObject request = new JsonObject(body.getBuffer(topicEnd, body.length()));
            requests.add(request);
            String kind = request.fieldNames().iterator().next();
            JsonObject content = request.getJsonObject(kind);
            switch (content.getString("command")) {
                case "get_version" -> publish(version());
                case "pushall" -> pushAll();
                case "start" -> {}
                default -> reply(kind, content);
            }
        }

        private void pushAll() {
            if (cut == Cut.AT_PUSHALL) {
                socket.close();
            } else if (answersPushAll) {
                JsonObject whole;
                synchronized (print) {
                    whole = print.copy();
                }
                publish(new JsonObject()
                        .put("print", whole.put("command", "push_status").put("msg", 0)));
            }
        }

        private JsonObject version() {
            return new JsonObject()
                    .put(
                            "info",
                            object(
                                    "command",
                                    "get_version",
                                    "module",
                                    new JsonArray().add(object("name", "ota", "product_name", product))));
        }

        private void reply(String kind, JsonObject request) {
            JsonObject answer = reply.to(request);
            if (answer != null) {
                publish(new JsonObject().put(kind, answer));
            }
        }

        private void publish(JsonObject message) {
            publish(message.toBuffer());
        }

        void publish(Buffer payload) {
            if (subscribed) {
                String topic = "device/" + SERIAL + "/report";
                packet(
                        0x30,
                        Buffer.buffer()
                                .appendUnsignedShort(topic.length())
                                .appendString(topic)
                                .appendBuffer(payload));
            }
        }

        private void packet(int header, Buffer body) {
            socket.write(MqttPacket.encode(header, body));
        }
    }
}
