package io.github.printer2mqtt.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DemoFarmTest {
    private static final Map<String, String> STATUS = Map.of(
            "octoprint", "/api/job", "moonraker", "/printer/objects/query?webhooks", "prusalink", "/api/v1/status");

    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx vertx = instance.vertx();
    private final ManualClock clock = new ManualClock();
    private final DemoFarm farm = Await.done(DemoFarm.start(vertx, PrinterSpec.usual(), 62, clock));

    @AfterEach
    void close() {
        Await.done(farm.close());
    }

    @Test
    void hasTwelvePrintersOfFourProtocols() {
        Map<String, Integer> drivers = new TreeMap<>();
        for (JsonObject registration : farm.registrations()) {
            drivers.merge(registration.getString("driver"), 1, Integer::sum);
            assertThat(registration.getString("id"))
                    .isEqualTo(
                            PrinterId.fromName(registration.getString("name")).value());
            assertThat(PrinterId.isLabel(registration.getString("group"))).isTrue();
            assertThat(registration.getString("address")).startsWith("http://127.0.0.1:");
            assertThat(registration.getJsonArray("tags")).hasSize(1);
            assertThat(registration.containsKey("credentials"))
                    .isEqualTo(!registration.getString("driver").equals("moonraker"));
        }
        assertThat(drivers).isEqualTo(Map.of("octoprint", 4, "moonraker", 4, "prusalink", 4));
        assertThat(farm.registrations().stream().map(each -> each.getString("address")))
                .doesNotHaveDuplicates();
    }

    @Test
    void nineRespondInTimeTwoAreTooSlowAndOneIsOff() throws IOException {
        List<String> late = new ArrayList<>();
        List<String> off = new ArrayList<>();
        for (JsonObject registration : farm.registrations()) {
            URI address = URI.create(registration.getString("address"));
            String path = String.valueOf(STATUS.get(registration.getString("driver")));
            String key =
                    registration.getJsonObject("credentials", new JsonObject()).getString("api_key", "");
            try (SocketClient wire = SocketClient.to(address.getHost(), address.getPort())) {
                if (!wire.get(path, "X-Api-Key", key).beginsWithin(Duration.ofSeconds(1))) {
                    late.add(registration.getString("id"));
                }
            } catch (SocketTimeoutException e) {
                off.add(registration.getString("id"));
            }
        }
        assertThat(off).containsExactly("mini-window");
        assertThat(late).containsExactlyInAnyOrder("ender-3-garage", "ratrig-attic");
    }

    @Test
    void registrationsHaveValidCredentials() throws IOException {
        for (JsonObject registration : farm.registrations()) {
            PrinterServer server = farm.server(registration.getString("id")).orElse(null);
            if (server == null) {
                continue;
            }
            Await.done(server.behave(Behaviour.healthy()));
            String path = String.valueOf(STATUS.get(registration.getString("driver")));
            String key =
                    registration.getJsonObject("credentials", new JsonObject()).getString("api_key", "");
            try (SocketClient wire = SocketClient.to(server)) {
                assertThat(wire.get(path, "X-Api-Key", key).readResponse().status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void somePrintersPrintFromTheStart() {
        long printing = farm.registrations().stream()
                .flatMap(registration -> farm.server(registration.getString("id")).stream())
                .filter(server -> server.printer().view().state() == State.PRINTING)
                .count();
        assertThat(printing).isBetween(4L, 8L);
    }

    @Test
    void timerRunsTheScript() {
        clock.moveSeconds(60);
        PrinterServer voron = farm.server("voron-0-2").orElseThrow();
        Await.until(
                "the printer is no longer idle", () -> voron.printer().view().state() != State.IDLE);
    }

    @Test
    void closeFreesAllPorts() {
        Await.done(farm.close());
        for (JsonObject registration : farm.registrations()) {
            URI address = URI.create(registration.getString("address"));
            assertThatThrownBy(() -> SocketClient.to(address.getHost(), address.getPort()))
                    .isInstanceOf(ConnectException.class);
        }
    }
}
