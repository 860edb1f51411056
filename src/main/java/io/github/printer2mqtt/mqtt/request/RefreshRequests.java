package io.github.printer2mqtt.mqtt.request;

import io.github.printer2mqtt.fleet.FleetView;
import io.github.printer2mqtt.json.ResponseDocument;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.monitor.MonitoringService;
import io.github.printer2mqtt.mqtt.publish.Outbox;
import io.github.printer2mqtt.mqtt.request.RequestException.Code;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.text.QuotedText;
import io.vertx.core.Future;

/** Handles requests to publish again and to poll now. Belongs to the context of {@code MqttVerticle}. */
record RefreshRequests(FleetView fleet, MonitoringService monitoring, Topics topics, Outbox outbox) {
    /** Publishes a printer's topics again at once and polls it. */
    RequestHandler.RequestTask printer(PrinterId printer) {
        StatusDocument document = fleet.snapshot().find(printer);
        if (document == null) {
            throw notFound(printer.value());
        }
        if (document.status().poll().reason() == FailureReason.DISABLED) {
            throw new RequestException(Code.PRINTER_OFFLINE, "printer " + printer + " is disabled and not polled");
        }
        return () -> {
            outbox.resend(topic -> printer.equals(topics.printerOf(topic.text())));
            monitoring.pollEarly(printer);
            return Future.succeededFuture(ResponseDocument.nothing());
        };
    }

    /** Polls all printers and publishes every retained topic again when the last one has responded or timed out. */
    RequestHandler.RequestTask allPrinters() {
        return () -> monitoring.pollAll().map(polled -> {
            outbox.resend(topic -> true);
            return ResponseDocument.nothing();
        });
    }

    /** Publishes every device and its state again. */
    RequestHandler.RequestTask discovery() {
        return () -> {
            outbox.resend(Topic::isReadByHomeAssistant);
            return Future.succeededFuture(ResponseDocument.nothing());
        };
    }

    static RequestException notFound(String id) {
        return new RequestException(Code.PRINTER_NOT_FOUND, "there is no printer " + QuotedText.of(id));
    }
}
