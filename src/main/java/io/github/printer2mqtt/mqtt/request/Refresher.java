package io.github.printer2mqtt.mqtt.request;

import io.github.printer2mqtt.fleet.FleetView;
import io.github.printer2mqtt.json.ResponseDocument;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.monitor.MonitoringService;
import io.github.printer2mqtt.mqtt.publish.Outbox;
import io.github.printer2mqtt.mqtt.publish.RetainedTopics;
import io.github.printer2mqtt.mqtt.request.RequestException.Code;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.text.QuotedText;
import io.vertx.core.Future;

/**
 * Publishes again what is known and has printers asked now. Belongs to the context of {@code MqttVerticle}.
 */
public final class Refresher {
    private final FleetView fleet;
    private final MonitoringService polling;
    private final Topics topics;
    private final RetainedTopics retained;
    private final Outbox outbox;

    public Refresher(
            FleetView fleet, MonitoringService polling, Topics topics, RetainedTopics retained, Outbox outbox) {
        this.fleet = fleet;
        this.polling = polling;
        this.topics = topics;
        this.retained = retained;
        this.outbox = outbox;
    }

    /** One printer: its topics are sent again at once, and what the poll brings follows. */
    RequestHandler.RequestTask one(PrinterId printer) {
        StatusDocument document = fleet.snapshot().find(printer);
        if (document == null) {
            throw notFound(printer.value());
        }
        if (document.status().poll().reason() == FailureReason.DISABLED) {
            throw new RequestException(Code.PRINTER_OFFLINE, "printer " + printer + " is disabled and not asked");
        }
        return () -> {
            retained.sendAgain(topic -> printer.equals(topics.printerOf(topic.text())));
            outbox.pump();
            polling.pollSoon(printer);
            return Future.succeededFuture(ResponseDocument.nothing());
        };
    }

    /** All printers: every retained topic is sent again when the last printer has answered or hit its deadline. */
    RequestHandler.RequestTask all() {
        return () -> polling.pollAll().map(asked -> {
            retained.sendAgain(topic -> true);
            outbox.pump();
            return ResponseDocument.nothing();
        });
    }

    /** Home Assistant is told of every device again, and of their states. */
    RequestHandler.RequestTask discovery() {
        return () -> {
            retained.sendAgain(Topic::isReadByHomeAssistant);
            outbox.pump();
            return Future.succeededFuture(ResponseDocument.nothing());
        };
    }

    static RequestException notFound(String id) {
        return new RequestException(Code.PRINTER_NOT_FOUND, "there is no printer " + QuotedText.of(id));
    }
}
