package io.github.printer2mqtt.testing;

import io.github.printer2mqtt.simulator.bambu.BambuReply;
import io.github.printer2mqtt.simulator.bambu.BambuSimulator;
import io.github.printer2mqtt.simulator.bambu.BambuSimulator.Cut;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.simulator.tls.SimulatedAuthority;
import io.github.printer2mqtt.simulator.tls.SimulatedAuthority.Version;
import io.github.printer2mqtt.simulator.tls.SimulatedCertificate;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A simulated Bambu Lab printer whose reports a test decides. Safe for every thread. */
public final class SimulatedBambu implements AutoCloseable {
    public static final String SERIAL = "01P00C000000001";
    public static final String CODE = "12345678";

    /** Created once for all tests, because keys take time. */
    public static final SimulatedAuthority AUTHORITY = SimulatedAuthority.create("BBL CA");

    private static final SimulatedCertificate CERTIFICATE = AUTHORITY.issue(SERIAL, Version.V1);

    private final BambuSimulator simulator =
            new BambuSimulator(new SimulatedPrinter("Bench", System::nanoTime), SERIAL, CODE, CERTIFICATE);
    private final PrinterServer server;

    private SimulatedBambu(Vertx vertx) {
        simulator.override(object("nozzle_temper", 24.5, "bed_temper", 23.1));
        server = Await.done(PrinterServer.start(vertx, simulator));
    }

    public static SimulatedBambu start(Vertx vertx) {
        return new SimulatedBambu(vertx);
    }

    /** Of every simulated Bambu Lab printer of the tests. */
    public static SimulatedCertificate certificate() {
        return CERTIFICATE;
    }

    /** Nothing listens any more. */
    public void switchOff() {
        Await.done(server.behave(Behaviour.refusing()));
    }

    /** Listens on the same port again. */
    public void switchOn() {
        Await.done(server.behave(Behaviour.healthy()));
    }

    public int port() {
        return server.port();
    }

    /** CONNECT packets with the right user and code so far. */
    public int logins() {
        return simulator.logins();
    }

    public int connections() {
        return simulator.connections();
    }

    public List<JsonObject> requests() {
        return simulator.requests();
    }

    public long requested(String command) {
        return simulator.requests().stream()
                .filter(request -> request.encode().contains("\"command\":\"" + command + "\""))
                .count();
    }

    public void setCode(String text) {
        simulator.setCode(text);
    }

    public void setReply(BambuReply kind) {
        simulator.setReply(kind);
    }

    public void setCut(Cut where) {
        simulator.setCut(where);
    }

    public void setAnswersPushAll(boolean answers) {
        simulator.setAnswersPushAll(answers);
    }

    /** Changes the status without an immediate report. */
    public void change(Object... members) {
        simulator.override(object(members));
    }

    /** Changes the status and reports the change. */
    public void report(Object... members) {
        simulator.report(object(members));
    }

    /** Sends any text as a report. */
    public void send(String text) {
        simulator.publish(Buffer.buffer(text));
    }

    /** Sends bytes that need not be MQTT. */
    public void sendBytes(Buffer bytes) {
        simulator.send(bytes);
    }

    public void dropConnections() {
        simulator.dropConnections();
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
}
