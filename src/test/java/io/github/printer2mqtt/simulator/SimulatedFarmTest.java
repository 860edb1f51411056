package io.github.printer2mqtt.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.simulator.SimulatedFarm.Kind;
import io.github.printer2mqtt.simulator.SimulatedFarm.Member;
import io.github.printer2mqtt.simulator.model.PrinterView;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SimulatedFarmTest {
    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx vertx = instance.vertx();

    @Test
    void followsItsRecipe() throws IOException {
        SimulatedFarm farm = Await.done(SimulatedFarm.start(vertx, FarmRecipe.f62(1)));
        assertThat(farm.members()).hasSize(62);
        assertThat(farm.members(Kind.HEALTHY)).hasSize(52);
        assertThat(farm.members(Kind.SLOW)).hasSize(5);
        assertThat(farm.registrations().stream().map(each -> each.getString("address")))
                .doesNotHaveDuplicates();
        assertThat(farm.registrations().stream().map(each -> each.getString("id")))
                .doesNotHaveDuplicates();

        List<SocketClient> wires = new ArrayList<>();
        for (Member healthy : farm.members(Kind.HEALTHY)) {
            wires.add(wire(healthy).get(path(healthy), "X-Api-Key", SimulatedFarm.KEY));
        }
        for (SocketClient wire : wires) {
            assertThat(wire.readResponse().status()).isEqualTo(200);
            wire.close();
        }
        for (Member healthy : farm.members(Kind.HEALTHY)) {
            assertThat(Objects.requireNonNull(healthy.server()).requests()).isEqualTo(1);
        }
        try (SocketClient silent = wire(farm.members(Kind.SILENT).get(0))) {
            assertThat(silent.get("/").rest(Duration.ofMillis(300))).isEmpty();
        }
        for (Member off : farm.members(Kind.DROPPING)) {
            assertThat(off.server()).isNull();
            assertThatThrownBy(() -> wire(off)).isInstanceOf(SocketTimeoutException.class);
        }

        Await.done(farm.close());
        Await.done(farm.close());
        for (Member any :
                List.of(farm.members().get(0), farm.members(Kind.DROPPING).get(0))) {
            assertThatThrownBy(() -> wire(any)).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void sameSeedMakesTheSameFarm() {
        SimulatedFarm one = Await.done(SimulatedFarm.start(vertx, FarmRecipe.f62(5), new ManualClock()));
        SimulatedFarm other = Await.done(SimulatedFarm.start(vertx, FarmRecipe.f62(5), new ManualClock()));
        assertThat(kinds(one)).isEqualTo(kinds(other));
        assertThat(jobs(one)).isEqualTo(jobs(other));
        Await.done(one.close());
        Await.done(other.close());
    }

    private static List<String> kinds(SimulatedFarm farm) {
        return farm.members().stream()
                .map(member -> member.id() + ' ' + member.kind())
                .toList();
    }

    private static List<PrinterView> jobs(SimulatedFarm farm) {
        return farm.members().stream()
                .flatMap(member -> Stream.ofNullable(member.server()))
                .map(server -> server.printer().view())
                .toList();
    }

    private static String path(Member member) {
        return switch (member.registration().getString("driver")) {
            case "octoprint" -> "/api/job";
            case "moonraker" -> "/server/info";
            default -> "/api/v1/status";
        };
    }

    private static SocketClient wire(Member member) throws IOException {
        URI address = URI.create(member.registration().getString("address"));
        return SocketClient.to(address.getHost(), address.getPort());
    }
}
