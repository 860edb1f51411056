package io.github.printer2mqtt.simulator.bambu;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.MqttSimulator;
import io.github.printer2mqtt.simulator.server.SimulatedMqttClient;
import io.github.printer2mqtt.simulator.tls.SimulatedCertificate;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A Bambu Lab P1S in LAN mode with Developer mode: a broker that knows one user and its own topics, answers {@code pushall} with the
 * whole status, reports changes, and replies to commands. Written from recorded reports; no printer was at hand.
 */
public final class BambuSimulator implements MqttSimulator {
    private static final String USER = "bblp";
    private static final String PRODUCT = "Bambu Lab P1S";

    /** Requests that are remembered, so that a long run does not grow. */
    private static final int MAX_REQUESTS = 1_000;

    private final SimulatedPrinter printer;
    private final String serial;
    private final SimulatedCertificate certificate;
    private final BambuRequests requests;
    private final Set<BambuClient> clients = ConcurrentHashMap.newKeySet();
    private final List<JsonObject> received = new CopyOnWriteArrayList<>();
    private final JsonObject overrides = new JsonObject();
    private final AtomicInteger logins = new AtomicInteger();
    private final AtomicLong sequence = new AtomicLong();
    private volatile String code;
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

    /**
     * @param serial the serial number, which is part of the topics
     * @param code the access code
     * @param certificate whose subject is the serial number
     */
    public BambuSimulator(SimulatedPrinter printer, String serial, String code, SimulatedCertificate certificate) {
        this.printer = printer;
        this.serial = serial;
        this.code = code;
        this.certificate = certificate;
        this.requests = new BambuRequests(printer);
    }

    @Override
    public SimulatedPrinter printer() {
        return printer;
    }

    @Override
    public String driver() {
        return "bambu";
    }

    @Override
    public SimulatedCertificate certificate() {
        return certificate;
    }

    @Override
    public Client connect(SimulatedMqttClient client) {
        BambuClient connected = new BambuClient(this, client);
        clients.add(connected);
        return connected;
    }

    String reportTopic() {
        return "device/" + serial + "/report";
    }

    String requestTopic() {
        return "device/" + serial + "/request";
    }

    boolean logIn(String user, String password) {
        boolean isKnown = user.equals(USER) && password.equals(code);
        if (isKnown) {
            logins.incrementAndGet();
        }
        return isKnown;
    }

    void onRequest(JsonObject message) {
        if (received.size() < MAX_REQUESTS) {
            received.add(message);
        }
    }

    void onClosed(BambuClient client) {
        clients.remove(client);
    }

    /** Executes a command, and returns the reply; null for none. */
    @Nullable JsonObject execute(JsonObject request) {
        if (reply.isExecuted()) {
            requests.execute(request);
        }
        return reply.to(request);
    }

    JsonObject version(JsonObject request) {
        return BambuReports.version(PRODUCT, serial, request);
    }

    long nextSequence() {
        return sequence.incrementAndGet();
    }

    Cut cut() {
        return cut;
    }

    boolean answersPushAll() {
        return answersPushAll;
    }

    /** The members of {@code print} now. */
    JsonObject status() {
        JsonObject status = BambuReports.status(printer.view(), requests.isLightOn(), requests.speedLevel());
        synchronized (overrides) {
            return status.mergeIn(overrides);
        }
    }

    /** Logins with the right user and code so far. */
    public int logins() {
        return logins.get();
    }

    public int connections() {
        return clients.size();
    }

    /** The first thousand requests, in order. */
    public List<JsonObject> requests() {
        return List.copyOf(received);
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

    /** From now on these members of {@code print} have these values, whatever the printer does. */
    public void override(JsonObject members) {
        synchronized (overrides) {
            overrides.mergeIn(members);
        }
    }

    /** The same, and reports them at once, changed or not. */
    public void report(JsonObject members) {
        override(members);
        clients.forEach(client -> client.report(members));
    }

    /** Sends anything as a report. */
    public void publish(Buffer payload) {
        clients.forEach(client -> client.publish(payload));
    }

    /** Sends bytes that need not be MQTT. */
    public void send(Buffer bytes) {
        clients.forEach(client -> client.send(bytes));
    }

    public void dropConnections() {
        clients.forEach(BambuClient::disconnect);
    }
}
