package io.github.printer2mqtt.notification;

import io.github.printer2mqtt.json.PrinterDocuments;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.Status;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is sent to a receiver.
 *
 * @param id the same for every attempt to send it, so that receivers recognise duplicates
 * @param title short, for people
 * @param message one line, for people
 * @param document for programs; docs/reference/notifications.md describes it
 */
record Notification(String id, String title, String message, Priority priority, JsonObject document) {
    /** How much a person is disturbed, with the numbers of ntfy. */
    enum Priority {
        LOW(2),
        NORMAL(3),
        HIGH(4),
        URGENT(5);

        private final int number;

        Priority(int number) {
            this.number = number;
        }

        /** As in ntfy, 1 to 5. */
        int number() {
            return number;
        }
    }

    static Notification of(PrinterEvent event) {
        String words = words(event.type().wireName());
        String file = event.job() == null ? null : event.job().job().file();
        boolean isBad = event.type() == PrinterEvent.Type.PRINT_FAILED || event.type() == PrinterEvent.Type.ATTENTION;
        String title = event.name() + ": " + words;
        String message = file == null ? words : file;
        JsonObject document = document("event", event.id(), event.at(), title, message)
                .put("printer", event.printer().value())
                .put("name", event.name())
                .put("group", event.group())
                .put("event", new JsonObject(Buffer.buffer(PrinterDocuments.event(event))));
        return new Notification(event.id(), title, message, isBad ? Priority.HIGH : Priority.NORMAL, document);
    }

    /**
     * An alert that opened or cleared.
     *
     * @param status of its printer; null if it was removed
     * @param at when it opened or cleared
     */
    static Notification of(Alert.Change change, @Nullable Status status, Instant at) {
        Alert alert = change.alert();
        boolean isOpen = change.kind() == Alert.Change.Kind.OPENED;
        String name = status == null ? alert.printer().value() : status.name();
        String title = name + ": " + words(alert.code().wireName()) + (isOpen ? "" : " cleared");
        String id = alert.printer() + "-" + alert.code().wireName() + "-"
                + alert.since().toEpochMilli() + (isOpen ? "-opened" : "-cleared");
        JsonObject document = document("alert", id, at, title, alert.message())
                .put("printer", alert.printer().value())
                .put("name", name)
                .put("group", status == null ? null : status.group())
                .put("alert", new JsonObject(Buffer.buffer(PrinterDocuments.alertChange(change))));
        return new Notification(id, title, alert.message(), isOpen ? priority(alert) : Priority.LOW, document);
    }

    /** What the test of the receivers sends. */
    static Notification test(Instant at) {
        String id = "test-" + at.toEpochMilli();
        String title = "printer2mqtt: test";
        String message = "Notifications of printer2mqtt arrive here.";
        return new Notification(id, title, message, Priority.NORMAL, document("test", id, at, title, message));
    }

    private static JsonObject document(String type, String id, Instant at, String title, String message) {
        return new JsonObject()
                .put("type", type)
                .put("id", id)
                .put("at", at.truncatedTo(ChronoUnit.MILLIS).toString())
                .put("title", title)
                .put("message", message)
                .putNull("printer")
                .putNull("name")
                .putNull("group")
                .putNull("event")
                .putNull("alert");
    }

    private static Priority priority(Alert alert) {
        return switch (alert.severity()) {
            case INFO -> Priority.NORMAL;
            case WARNING -> Priority.HIGH;
            case CRITICAL -> Priority.URGENT;
        };
    }

    private static String words(String wireName) {
        return wireName.replace('_', ' ');
    }
}
