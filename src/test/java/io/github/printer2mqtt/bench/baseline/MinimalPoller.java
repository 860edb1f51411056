package io.github.printer2mqtt.bench.baseline;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * The reference: a minimal program that sends the same printers the same requests at the same interval in the same runtime,
 * and publishes the results with QoS 0. It has no registry, no state, no API and no tolerance of faults.
 */
public final class MinimalPoller {
    private static final int TIMEOUT_MILLIS = 1_000;
    private static final Buffer QUERY = Buffer.buffer(
            "{\"objects\":{\"webhooks\":null,\"print_stats\":null,\"virtual_sdcard\":null,\"extruder\":null,\"heater_bed\":null}}");

    private final WebClient client;
    private final MqttAsyncClient mqtt;

    private MinimalPoller(WebClient client, MqttAsyncClient mqtt) {
        this.client = client;
        this.mqtt = mqtt;
    }

    /** @param arguments file with registrations, interval in milliseconds, port of the broker */
    public static void main(String[] arguments) throws Exception {
        JsonArray printers = new JsonArray(Files.readString(Path.of(arguments[0])));
        int interval = Integer.parseInt(arguments[1]);
        MqttAsyncClient mqtt =
                new MqttAsyncClient("tcp://127.0.0.1:" + arguments[2], "minimal", new MemoryPersistence());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMaxInflight(1_000);
        mqtt.connect(options).waitForCompletion(10_000);
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        WebClient client = WebClient.create(
                vertx, new WebClientOptions().setConnectTimeout(TIMEOUT_MILLIS), new PoolOptions().setHttp1MaxSize(1));
        MinimalPoller poller = new MinimalPoller(client, mqtt);
        for (int i = 0; i < printers.size(); i++) {
            One one = One.of(printers.getJsonObject(i));
            long first = 1 + (long) interval * i / printers.size();
            vertx.setTimer(first, timer -> {
                poller.poll(one);
                vertx.setPeriodic(interval, tick -> poller.poll(one));
            });
        }
    }

    private record One(String topic, String driver, String host, int port, String key) {
        static One of(JsonObject registration) {
            URI address = URI.create(registration.getString("address"));
            return new One(
                    "printer2mqtt/printers/" + registration.getString("id") + "/state",
                    registration.getString("driver"),
                    address.getHost(),
                    address.getPort(),
                    registration.getJsonObject("credentials").getString("api_key"));
        }
    }

    private void poll(One one) {
        Future<JsonObject> response = switch (one.driver()) {
            case "octoprint" ->
                ask(one, HttpMethod.GET, "/api/job", Buffer.buffer())
                        .compose(job -> ask(one, HttpMethod.GET, "/api/printer?exclude=sd", Buffer.buffer())
                                .map(printer -> octoprint(job, printer)));
            case "moonraker" ->
                ask(one, HttpMethod.POST, "/printer/objects/query", QUERY).map(MinimalPoller::moonraker);
            default ->
                ask(one, HttpMethod.GET, "/api/v1/status", Buffer.buffer()).map(MinimalPoller::prusalink);
        };
        // A failed poll is repeated at the next tick.
        response.onSuccess(status -> publish(one, status));
    }

    private Future<JsonObject> ask(One one, HttpMethod method, String path, Buffer body) {
        var request = client.request(method, one.port(), one.host(), path)
                .timeout(TIMEOUT_MILLIS)
                .putHeader("X-Api-Key", one.key());
        return (body.length() == 0 ? request.send() : request.sendBuffer(body))
                .map(response -> response.bodyAsJsonObject());
    }

    private static JsonObject octoprint(JsonObject job, JsonObject printer) {
        JsonObject heaters = printer.getJsonObject("temperature");
        return status(
                job.getString("state"),
                heaters.getJsonObject("bed").getDouble("actual"),
                heaters.getJsonObject("tool0").getDouble("actual"),
                job.getJsonObject("progress").getDouble("completion"));
    }

    private static JsonObject moonraker(JsonObject response) {
        JsonObject status = response.getJsonObject("result").getJsonObject("status");
        return status(
                status.getJsonObject("print_stats").getString("state"),
                status.getJsonObject("heater_bed").getDouble("temperature"),
                status.getJsonObject("extruder").getDouble("temperature"),
                status.getJsonObject("virtual_sdcard").getDouble("progress"));
    }

    private static JsonObject prusalink(JsonObject response) {
        JsonObject printer = response.getJsonObject("printer");
        return status(
                printer.getString("state"),
                printer.getDouble("temp_bed"),
                printer.getDouble("temp_nozzle"),
                response.getJsonObject("job").getDouble("progress"));
    }

    private static JsonObject status(String state, double bed, double nozzle, double progress) {
        return new JsonObject()
                .put("state", state)
                .put("bed", new JsonObject().put("actual", Math.round(bed * 10) / 10.0))
                .put("nozzle", new JsonObject().put("actual", nozzle))
                .put("progress", progress);
    }

    private void publish(One one, JsonObject status) {
        try {
            mqtt.publish(one.topic(), status.encode().getBytes(StandardCharsets.UTF_8), 0, false);
        } catch (MqttException e) {
            // A failed publish loses a message; the reference has no retries.
            System.err.println("not published: " + e);
        }
    }
}
