package io.github.printer2mqtt.nodes;

import io.github.printer2mqtt.nodes.History.Request;
import io.github.printer2mqtt.nodes.History.SentCommand;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.github.printer2mqtt.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Printers that record their requests, and what the bridge publishes for them. */
public final class ObservedFarm {
    /** For nodes that have just been disturbed, on a busy machine. */
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final List<ObservedPrinter> printers;
    private final List<JsonObject> registrations;
    private final MqttObserver observer;
    private final Recorder recorder;

    private ObservedFarm(
            List<ObservedPrinter> printers, List<JsonObject> registrations, MqttObserver observer, Recorder recorder) {
        this.printers = printers;
        this.registrations = registrations;
        this.observer = observer;
        this.recorder = recorder;
    }

    static ObservedFarm start(Vertx vertx, int count, MqttObserver observer, Recorder recorder) {
        List<ObservedPrinter> printers = IntStream.range(0, count)
                .mapToObj(number -> ObservedPrinter.of("p-" + number, recorder))
                .toList();
        List<Future<JsonObject>> started = new ArrayList<>();
        printers.forEach(printer -> started.add(ObservedPrinter.start(vertx, printer)));
        List<JsonObject> registrations = Await.done(Future.all(started).map(all -> all.<JsonObject>list()));
        return new ObservedFarm(printers, registrations, observer, recorder);
    }

    List<JsonObject> registrations() {
        return registrations;
    }

    public List<ObservedPrinter> printers() {
        return printers;
    }

    /** So many printers, from one number on. */
    public List<ObservedPrinter> printers(int from, int count) {
        return printers.subList(from, from + count);
    }

    /** Lets each printer print something that no command was sent for, and waits until all are published so. */
    public void freshPrints() {
        printers.stream().filter(printer -> printer.state() == State.PAUSED).forEach(ObservedPrinter::cancel);
        awaitShown(printers);
        printers.stream().filter(printer -> printer.state() != State.PRINTING).forEach(ObservedPrinter::print);
        awaitShown(printers);
    }

    /** Sends commands by MQTT, each once, without waiting for their answers. */
    public void send(String verb, List<ObservedPrinter> targets) {
        for (ObservedPrinter printer : targets) {
            SentCommand command = printer.command(UUID.randomUUID().toString(), verb);
            recorder.command(command);
            observer.publish(
                    topic(printer, "command/" + verb), new JsonObject().put("transaction", command.transaction()));
        }
    }

    /** Waits until commands have paused printers. */
    public void awaitPaused(List<ObservedPrinter> some) {
        Await.until("all are paused", BOUND, () -> some.stream().allMatch(printer -> printer.state() == State.PAUSED));
    }

    /** Waits until the node that works has published what printers really do. */
    public void awaitShown(List<ObservedPrinter> some) {
        for (ObservedPrinter printer : some) {
            Await.until(
                    printer.id() + " is published as " + printer.state() + " with " + printer.file(),
                    BOUND,
                    () -> isShown(printer));
        }
    }

    private boolean isShown(ObservedPrinter printer) {
        String text = observer.newest(topic(printer, "state"));
        if (text == null) {
            return false;
        }
        JsonObject status = new JsonObject(text);
        State state = printer.state();
        Request last = recorder.last();
        JsonObject source = status.getJsonObject("source");
        boolean isNew = last == null
                || last.by() == null
                || (source != null && source.getLong("epoch") == last.by().epoch());
        if (!isNew || !nameOf(state).equals(status.getString("state"))) {
            return false;
        }
        // A printer no longer names the file of a print that ended while nobody polled.
        JsonObject job = status.getJsonObject(state == State.FINISHED ? "last_job" : "job");
        return state == State.IDLE
                || state == State.CANCELLED
                || (job != null && printer.file().equals(job.getString("file")));
    }

    private static String nameOf(State state) {
        return switch (state) {
            case IDLE -> "idle";
            case HEATING, PRINTING -> "printing";
            case PAUSED -> "paused";
            case FINISHED -> "finished";
            case CANCELLED -> "cancelled";
            default -> throw new IllegalStateException("not used here: " + state);
        };
    }

    private static String topic(ObservedPrinter printer, String rest) {
        return NodeConfiguration.BASE_TOPIC + "/printers/" + printer.id() + "/" + rest;
    }
}
