package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.model.TelemetryField;
import io.github.printer2mqtt.mqtt.publish.MqttDependencies;
import io.github.printer2mqtt.mqtt.publish.Outbox;
import io.github.printer2mqtt.mqtt.publish.RetainedTopics;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.picture.Picture;
import io.github.printer2mqtt.picture.PictureException;
import io.github.printer2mqtt.picture.PictureService;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the thumbnail of each running print on a topic of its own, and clears it when the print is over or another one
 * begins. Belongs to the context of {@link MqttVerticle}.
 */
final class ThumbnailPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(ThumbnailPublisher.class);

    /** Larger ones are not published: the broker keeps them, and sends them to every client that subscribes to all. */
    static final int MAX_BYTES = 60_000;

    /** After this time a printer may have read the thumbnail of a file that it did not know before. */
    private static final long RETRY_MILLIS = 30_000;

    private static final int MAX_ATTEMPTS = 3;

    private final Vertx vertx;
    private final PictureService pictures;
    private final Function<String, Set<TelemetryField>> telemetry;
    private final Topics topics;
    private final RetainedTopics retained;
    private final Outbox outbox;
    private final Map<PrinterId, Print> prints = new HashMap<>();

    /** A running print whose thumbnail is wanted. */
    private static final class Print {
        private Job job;
        private int attempts;

        Print(Job job) {
            this.job = job;
        }
    }

    ThumbnailPublisher(Vertx vertx, MqttDependencies dependencies, RetainedTopics retained, Outbox outbox) {
        this.vertx = vertx;
        this.pictures = dependencies.pictures();
        this.telemetry = dependencies.telemetry();
        this.topics = dependencies.topics();
        this.retained = retained;
        this.outbox = outbox;
    }

    void onStatus(Status status) {
        if (!telemetry.apply(status.driver()).contains(TelemetryField.THUMBNAIL)) {
            return;
        }
        Status.CurrentJob current = status.job();
        Print known = prints.get(status.id());
        if (current == null) {
            clear(status.id());
        } else if (known != null && known.job.continuesAs(current.job())) {
            known.job = current.job();
        } else if (status.online()) {
            begin(status.id(), current.job());
        }
    }

    /** The same file may be printed again. */
    void onEvent(PrinterEvent event) {
        Print known = prints.get(event.printer());
        if (event.type() == PrinterEvent.Type.PRINT_STARTED && known != null) {
            begin(event.printer(), known.job);
        }
    }

    /** Forgets a printer, whose topics are cleared together with its other ones. */
    void remove(PrinterId printer) {
        prints.remove(printer);
    }

    private void begin(PrinterId printer, Job job) {
        clear(printer);
        Print print = new Print(job);
        prints.put(printer, print);
        request(printer, print);
    }

    private void clear(PrinterId printer) {
        if (prints.remove(printer) != null
                && retained.contains(topics.printerThumbnail(printer).text())) {
            retained.clear(topics.printerThumbnail(printer));
        }
    }

    private void request(PrinterId printer, Print print) {
        print.attempts++;
        pictures.thumbnail(printer).onComplete((picture, failure) -> {
            if (!print.equals(prints.get(printer))) {
                return; // another print runs
            }
            if (failure == null) {
                put(printer, picture);
            } else if (!(failure instanceof PictureException)) {
                LOG.error("{}: the thumbnail could not be fetched because of a fault in the bridge", printer, failure);
            } else if (print.attempts < MAX_ATTEMPTS) {
                vertx.setTimer(RETRY_MILLIS, due -> retry(printer, print));
            }
        });
    }

    private void retry(PrinterId printer, Print print) {
        if (print.equals(prints.get(printer))) {
            request(printer, print);
        }
    }

    private void put(PrinterId printer, Picture picture) {
        if (picture.bytes().length() <= MAX_BYTES) {
            retained.put(topics.printerThumbnail(printer), picture.bytes().getBytes());
            outbox.pump();
        }
    }
}
