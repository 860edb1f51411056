package io.github.printer2mqtt.driver.bambu;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.BoundedJson;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.mqtt.PrinterMqttConnection;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a printer: subscribes, asks for the whole status once, merges reports, and matches replies with commands. Belongs to
 * the session's event loop.
 *
 * <p>Silence is answered in steps: after 30 s the stream of reports is started again, after 60 s the whole status is asked for, and after
 * 75 s the connection is lost.
 */
final class BambuConnection implements PrinterMqttConnection.Listener {
    private static final Duration SUBSCRIBED_WITHIN = Duration.ofSeconds(10);
    private static final Duration START_AFTER = Duration.ofSeconds(30);
    private static final Duration ASK_AFTER = Duration.ofSeconds(60);
    private static final Duration LOST_AFTER = Duration.ofSeconds(75);

    /** Whole reports of real printers have 56 keys or more, those of changes up to 15. */
    private static final int WHOLE_KEYS = 30;

    private final String serial;
    private final LongSupplier nanos;
    private final Listener listener;
    private final BambuMerger merger = new BambuMerger();
    private final PrintTrack track = new PrintTrack();
    private final BambuReplies replies;
    private BambuModel model = BambuModel.unknown();

    private @Nullable PrinterMqttConnection mqtt;
    private boolean isSubscribed;
    private boolean ready;
    private boolean hasReports;
    private boolean areCommandsRefused;
    private boolean isLayerTotalAsked;
    private long heardAt;
    private long askedAt;
    private int steps;

    /** What happens on a connection, on the session's event loop. */
    interface Listener {
        /** The first whole status has arrived. */
        void onReady(BambuConnection source);

        /** A report has arrived; nothing is read from it yet. */
        void onMessage(byte[] payload);

        /** The status may have changed. */
        void onUpdate();

        /** The connection cannot be used any more. */
        void onLost(BambuConnection source, PrinterException reason);
    }

    BambuConnection(String serial, Duration replyLimit, LongSupplier nanos, Listener listener) {
        this.serial = serial;
        this.nanos = nanos;
        this.listener = listener;
        this.heardAt = nanos.getAsLong();
        this.replies = new BambuReplies(
                replyLimit,
                () -> lose(new PrinterException(
                        FailureReason.UNREADABLE, "the printer reports, but takes no commands any more")));
    }

    /** Whether a whole status is known and the connection is open. */
    boolean isReady() {
        return ready && mqtt != null && mqtt.isOpen();
    }

    void attach(PrinterMqttConnection opened) {
        mqtt = opened;
        heardAt = nanos.getAsLong();
        opened.subscribe("device/" + serial + "/report").onComplete((done, failure) -> {
            if (mqtt == null) {
                return;
            }
            if (failure != null) {
                // Some firmware closes the connection instead of refusing the user.
                lose(new PrinterException(
                        FailureReason.AUTH,
                        "the printer refuses the subscription: the serial number or the access code is wrong"));
                return;
            }
            isSubscribed = true;
            send(BambuCommandRequest.getVersion(replies.nextSequence()));
            askForAll();
        });
    }

    private void askForAll() {
        askedAt = nanos.getAsLong();
        send(BambuCommandRequest.pushAll(replies.nextSequence()));
    }

    private void send(byte[] payload) {
        PrinterMqttConnection open = mqtt;
        if (open != null) {
            // A failure shows as a lost connection or as silence.
            Future<Void> unused = open.publish("device/" + serial + "/request", payload);
        }
    }

    /** The newest status; only after {@link Listener#onReady}. */
    Reading reading() {
        Reading reading = BambuMapper.reading(merger.report(), track, model, nanos.getAsLong());
        if (!areCommandsRefused) {
            return reading;
        }
        Set<Capability> missing = EnumSet.copyOf(BambuMapper.signedOnly());
        missing.addAll(reading.missing());
        return new Reading(
                reading.state(),
                reading.rawState(),
                reading.message(),
                reading.temperatures(),
                reading.job(),
                reading.outcome(),
                reading.speed(),
                reading.fan(),
                reading.model(),
                missing,
                reading.pastJob(),
                reading.details());
    }

    /** Takes the step that the silence since the last report calls for; called at least once an interval. */
    void checkSilence() {
        Duration silence = Duration.ofNanos(nanos.getAsLong() - heardAt);
        if (!isSubscribed) {
            if (mqtt != null && silence.compareTo(SUBSCRIBED_WITHIN) >= 0) {
                lose(new PrinterException(FailureReason.TIMEOUT, "the printer did not answer the subscription"));
            }
            return;
        }
        if (silence.compareTo(LOST_AFTER) >= 0) {
            lose(new PrinterException(
                    FailureReason.TIMEOUT,
                    hasReports
                            ? "the printer has sent nothing for 75 s"
                            : "connected, but the printer sends nothing: check the serial number"));
        } else if (silence.compareTo(ASK_AFTER) >= 0 && steps < 2) {
            steps = 2;
            askForAll();
        } else if (silence.compareTo(START_AFTER) >= 0 && steps < 1) {
            steps = 1;
            send(BambuCommandRequest.startPushing(replies.nextSequence()));
        } else if (!ready && isAskable()) {
            askForAll(); // changes arrive, but the answer was lost
        }
    }

    private boolean isAskable() {
        Duration since = Duration.ofNanos(nanos.getAsLong() - askedAt);
        Duration floor = Duration.ofSeconds(30);
        Duration ofModel = model.minimumPushAllInterval();
        return since.compareTo(ready && ofModel.compareTo(floor) < 0 ? ofModel : floor) >= 0;
    }

    Future<Void> execute(PrinterCommand command) {
        String sequence = replies.nextSequence();
        BambuCommandRequest request = BambuCommandRequest.of(command, sequence, model);
        Future<Void> reply = replies.expect(sequence, request.name());
        request.payloads().forEach(this::send);
        return reply.onFailure(failure -> {
            if (failure instanceof CommandRefusedException refused && BambuReplies.isUnsigned(refused)) {
                areCommandsRefused = true;
                listener.onUpdate();
            }
        });
    }

    @Override
    public void onMessage(String topic, byte[] payload) {
        if (!topic.equals("device/" + serial + "/report")) {
            return;
        }
        listener.onMessage(payload);
        try {
            Map<String, Object> message = BoundedJson.object(Buffer.buffer(payload));
            if (message != null) {
                onReport(LenientJson.of(message));
            }
        } catch (PrinterException e) {
            lose(e);
        }
    }

    private void onReport(LenientJson message) {
        if ("get_version".equals(message.text("info", "command"))) {
            model = BambuModel.of(message.at("info"));
        }
        replies.onMessage(message);
        if (!"push_status".equals(message.text("print", "command"))) {
            return;
        }
        heardAt = nanos.getAsLong();
        hasReports = true;
        steps = 0;
        Map<?, ?> print = message.members("print");
        if (print == null) {
            return;
        }
        merger.merge(print);
        track.update(merger.report(), heardAt);
        if (ready) {
            askForMissingLayers();
            listener.onUpdate();
        } else if (isWhole(message.at("print"), print.size())) {
            ready = true;
            listener.onReady(this);
        }
    }

    /** Changes may arrive before the whole status: nothing is made up from them. */
    private static boolean isWhole(LenientJson print, int keys) {
        Integer kind = print.integer("msg");
        boolean isWhole = kind == null ? keys >= WHOLE_KEYS : kind == 0;
        return isWhole && print.text("gcode_state") != null;
    }

    /** A1 and P1 may start a print without naming its layers. */
    private void askForMissingLayers() {
        BambuReport report = merger.report();
        if (!report.isUnderWay()) {
            isLayerTotalAsked = false;
        } else if (!isLayerTotalAsked
                && BambuReport.RUNNING.equals(report.state())
                && track.layers() == null
                && isAskable()) {
            isLayerTotalAsked = true;
            askForAll();
        }
    }

    @Override
    public void onClosed(PrinterException reason) {
        lose(
                isSubscribed
                        ? reason
                        : new PrinterException(
                                FailureReason.AUTH,
                                "the printer closes the connection at the subscription: the serial number or the access"
                                        + " code is wrong"));
    }

    private void lose(PrinterException reason) {
        close();
        listener.onLost(this, reason);
    }

    void close() {
        PrinterMqttConnection open = mqtt;
        mqtt = null;
        ready = false;
        replies.failAll();
        if (open != null) {
            open.close();
        }
    }
}
