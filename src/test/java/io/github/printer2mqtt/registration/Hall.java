package io.github.printer2mqtt.registration;

import static io.github.printer2mqtt.testing.Await.done;
import static io.github.printer2mqtt.testing.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.registration.RegistrationProblem.Code;
import io.github.printer2mqtt.registry.Registry;
import io.github.printer2mqtt.store.Store;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A registration hall on a real database, in a village. */
final class Hall implements AutoCloseable {
    final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
            .setMaxEventLoopExecuteTime(100)
            .setBlockedThreadCheckIntervalUnit(TimeUnit.MILLISECONDS)
            .setBlockedThreadCheckInterval(10));
    final Village village = new Village();
    final RecordingPolling polling = new RecordingPolling();
    final Store store;
    final Registry registry;
    final Registrations registrations;

    private Hall(Path directory, AddressPolicy.Loopback loopback) {
        store = done(Store.open(vertx, directory.resolve("bridge.db").toString()));
        registry = new Registry(store);
        done(registry.load());
        registrations = new RegistrationHall(
                vertx,
                registry,
                polling,
                List.of(
                        village.driver("prusalink", 80),
                        village.driver("octoprint", 5000),
                        village.driver("moonraker", 7125)),
                village,
                new AddressPolicy(loopback, () -> Set.of(8080)));
    }

    static Hall in(Path directory) {
        return new Hall(directory, AddressPolicy.Loopback.REFUSED);
    }

    static Hall withLoopbackIn(Path directory) {
        return new Hall(directory, AddressPolicy.Loopback.ALLOWED);
    }

    static JsonObject mk4() {
        return new JsonObject()
                .put("name", "MK4 left")
                .put("driver", "prusalink")
                .put("address", "192.0.2.20");
    }

    Registered add(JsonObject registration) {
        return done(registrations.add(registration));
    }

    static RegistrationProblem problem(Future<?> refused, Code code) {
        Throwable failure = failure(refused);
        assertThat(failure).isInstanceOf(RegistrationProblem.class);
        assertThat(((RegistrationProblem) failure).code())
                .as(failure.getMessage())
                .isEqualTo(code);
        assertThat(failure.getMessage()).doesNotContain("\n");
        return (RegistrationProblem) failure;
    }

    @Override
    public void close() {
        done(store.close());
        done(vertx.close());
    }
}
