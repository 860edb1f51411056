package io.github.printer2mqtt.hostile;

import io.github.printer2mqtt.hostile.HostileBehaviour.Endpoint;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One printer for each kind of bad behaviour. */
public final class HostileFarm implements AutoCloseable {
    /**
     * A running hostile printer.
     *
     * @param id under which it is registered
     */
    public record Member(String id, HostileBehaviour hostile, Endpoint place) {
        @Override
        public String toString() {
            return hostile.toString();
        }

        /** The body for {@code POST /api/printers}. */
        public JsonObject registration() {
            JsonObject registration = place.registration()
                    .copy()
                    .put("id", id)
                    .put("name", hostile.name())
                    .put("driver", hostile.driver())
                    .put("address", place.url());
            return switch (hostile.driver()) {
                case "prusalink" ->
                    registration.put(
                            "credentials",
                            new JsonObject().put("username", "maker").put("password", "secret"));
                case BrokenPlainBrokers.DRIVER -> registration.put("credentials", BrokenPlainBrokers.login(id));
                case "octoprint" -> registration.put("credentials", new JsonObject().put("api_key", "secret"));
                default -> registration;
            };
        }
    }

    private final List<Member> members;

    private HostileFarm(List<Member> members) {
        this.members = members;
    }

    /**
     * Printers that are servers.
     *
     * @param folder for certificates
     */
    public static HostileFarm open(Vertx vertx, Path folder) {
        return open(
                vertx,
                List.of(
                        BrokenSockets.all(),
                        BrokenWebSockets.all(),
                        BrokenLines.all(),
                        BrokenHttp.all(),
                        BrokenTls.all(folder),
                        BrokenJson.all(),
                        ImplausibleAnswers.all()));
    }

    /** Printers that are brokers. */
    public static HostileFarm openBrokers(Vertx vertx) {
        return open(vertx, List.of(BrokenEncryptedBrokers.all(), BrokenPlainBrokers.all()));
    }

    private static HostileFarm open(Vertx vertx, List<List<HostileBehaviour>> kinds) {
        List<Member> members = new ArrayList<>();
        kinds.stream()
                .flatMap(List::stream)
                .forEach(hostile -> members.add(new Member(
                        "hostile-" + (members.size() + 1),
                        hostile,
                        hostile.opens().apply(vertx))));
        return new HostileFarm(List.copyOf(members));
    }

    public List<Member> members() {
        return members;
    }

    @Override
    public void close() {
        members.forEach(member -> member.place().close());
    }
}
