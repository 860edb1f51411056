package io.github.printer2mqtt.nodes;

import io.github.printer2mqtt.nodes.History.SentCommand;
import io.github.printer2mqtt.simulator.model.JobView;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.protocol.PrusaLinkSimulator;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.simulator.server.SimulatedRequest;
import io.github.printer2mqtt.simulator.server.SimulatedResponse;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A simulated printer with PrusaLink that records each request and each change of its prints. Thread-safe. */
public final class ObservedPrinter implements ProtocolSimulator {
    private static final String KEY = "key-0000000000";
    private static final Duration LENGTH = Duration.ofHours(5);

    private final String id;
    private final Recorder recorder;
    private final AtomicLong skipped = new AtomicLong();
    private final AtomicInteger prints = new AtomicInteger();
    private final SimulatedPrinter machine;
    private final PrusaLinkSimulator simulator;

    private ObservedPrinter(String id, Recorder recorder) {
        this.id = id;
        this.recorder = recorder;
        machine = new SimulatedPrinter("Printer " + id, () -> System.nanoTime() + skipped.get());
        simulator = new PrusaLinkSimulator(machine, KEY);
    }

    /** Starts a printer at a free port; returns its registration. */
    static Future<JsonObject> start(Vertx vertx, ObservedPrinter printer) {
        return PrinterServer.start(vertx, printer)
                .map(server -> new JsonObject()
                        .put("id", printer.id)
                        .put("name", printer.machine.name())
                        .put("driver", printer.driver())
                        .put("address", server.url())
                        .put("credentials", new JsonObject().put("api_key", KEY)));
    }

    static ObservedPrinter of(String id, Recorder recorder) {
        return new ObservedPrinter(id, recorder);
    }

    public String id() {
        return id;
    }

    /** Starts a print with a new file; no print may be running. */
    public synchronized void print() {
        recorder.change(id, fileOf(prints.incrementAndGet()), "print_started");
        machine.startUnderWay(file(), LENGTH, Duration.ZERO);
    }

    private String fileOf(int print) {
        return id + "-" + print + ".gcode";
    }

    /** Finishes the running print now. */
    public synchronized void finish() {
        if (state() != State.PRINTING) {
            throw new IllegalStateException(id + " does not print");
        }
        recorder.change(id, file(), "print_finished");
        skipped.addAndGet(LENGTH.toNanos());
    }

    /** Cancels the running or paused print at the printer. */
    public synchronized void cancel() {
        recorder.change(id, file(), "print_cancelled");
        machine.cancel();
    }

    public State state() {
        return machine.view().state();
    }

    /** The file of its newest print. */
    String file() {
        return fileOf(prints.get());
    }

    /** A command for the running print. */
    SentCommand command(String transaction, String verb) {
        JobView job = Objects.requireNonNull(machine.view().runningJob(), "the running print");
        return new SentCommand(transaction, id, "PUT /api/v1/job/" + job.id() + "/" + verb);
    }

    @Override
    public SimulatedPrinter printer() {
        return machine;
    }

    @Override
    public String driver() {
        return simulator.driver();
    }

    @Override
    public SimulatedResponse respond(SimulatedRequest request) {
        recorder.request(id, request.header("user-agent"), request.method() + " " + request.target());
        SimulatedResponse response = simulator.respond(request);
        if (!request.isGet() && response.status() == 204) {
            recorder.change(id, file(), request.target().endsWith("/pause") ? "print_paused" : "print_resumed");
        }
        return response;
    }
}
