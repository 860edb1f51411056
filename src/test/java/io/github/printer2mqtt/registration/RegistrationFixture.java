package io.github.printer2mqtt.registration;

import static io.github.printer2mqtt.testing.Await.done;
import static io.github.printer2mqtt.testing.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BridgeConfig.Security.Follow;
import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.persistence.sql.Database;
import io.github.printer2mqtt.persistence.sql.SqlPrinterRepository;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.registration.service.DefaultRegistrationService;
import io.github.printer2mqtt.registration.service.Following;
import io.github.printer2mqtt.testing.DatabaseFixture;
import io.github.printer2mqtt.testing.TestDatabase;
import io.github.printer2mqtt.testing.TestResource;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/** A registration service on a real database with a fake printer network. */
public final class RegistrationFixture implements TestResource {
    private final DatabaseFixture instance;
    final FakePrinterNetwork network = new FakePrinterNetwork();
    final RecordingMonitoring monitoring = new RecordingMonitoring();

    /** The wall clock of the service; stands still until a test moves it. */
    volatile Instant now = Instant.parse("2026-11-21T09:31:00.123Z");

    final Database database;
    final SqlPrinterRepository repository;
    public final DefaultRegistrationService registrations;

    /** Printers whose address nothing answers at. */
    final Set<PrinterId> lost = ConcurrentHashMap.newKeySet();

    /** What was recorded about printers that were followed. */
    final List<String> followed = new CopyOnWriteArrayList<>();

    private RegistrationFixture(
            AddressPolicy.Loopback loopback, Follow mode, Function<FakePrinterNetwork, List<Driver>> drivers) {
        this(newDatabase(), loopback, mode, drivers);
    }

    private RegistrationFixture(
            DatabaseFixture instance,
            AddressPolicy.Loopback loopback,
            Follow mode,
            Function<FakePrinterNetwork, List<Driver>> drivers) {
        this.instance = instance;
        database = instance.database();
        repository = new SqlPrinterRepository(instance.vertx(), database, TestDatabase.cipher());
        done(repository.load());
        registrations = new DefaultRegistrationService(
                instance.vertx(),
                repository,
                monitoring,
                drivers.apply(network),
                network,
                new AddressPolicy(loopback, () -> Set.of(8080)),
                () -> now,
                new Following(mode, lost::contains, followed::add));
    }

    private static TestDatabase newDatabase() {
        return new TestDatabase(new VertxOptions()
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
                .setMaxEventLoopExecuteTime(100)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.MILLISECONDS)
                .setBlockedThreadCheckInterval(10));
    }

    private static List<Driver> usualDrivers(FakePrinterNetwork network) {
        return List.of(
                network.driver("prusalink", 80, 30),
                network.driver("octoprint", 5000, 20),
                network.driver("moonraker", 7125, 10));
    }

    private static List<Driver> driversWithBambu(FakePrinterNetwork network) {
        return Stream.concat(usualDrivers(network).stream(), Stream.of(network.driverOfOnePort("bambu", 8883)))
                .toList();
    }

    public static RegistrationFixture create() {
        return new RegistrationFixture(AddressPolicy.Loopback.REFUSED, Follow.NEVER, RegistrationFixture::usualDrivers);
    }

    /** On a given database, which is closed with the fixture. */
    static RegistrationFixture on(DatabaseFixture database) {
        return new RegistrationFixture(
                database, AddressPolicy.Loopback.REFUSED, Follow.NEVER, RegistrationFixture::usualDrivers);
    }

    /** With one more driver, of another make. */
    public static RegistrationFixture withBambu() {
        return new RegistrationFixture(
                AddressPolicy.Loopback.REFUSED, Follow.NEVER, RegistrationFixture::driversWithBambu);
    }

    static RegistrationFixture withLoopback() {
        return new RegistrationFixture(AddressPolicy.Loopback.ALLOWED, Follow.NEVER, RegistrationFixture::usualDrivers);
    }

    static RegistrationFixture following(Follow mode) {
        return new RegistrationFixture(AddressPolicy.Loopback.REFUSED, mode, RegistrationFixture::usualDrivers);
    }

    public static JsonObject mk4() {
        return new JsonObject()
                .put("name", "MK4 left")
                .put("driver", "prusalink")
                .put("address", "192.0.2.20");
    }

    public Registration add(JsonObject registration) {
        return done(registrations.add(registration));
    }

    static RegistrationException error(Future<?> refused, Code code) {
        Throwable failure = failure(refused);
        assertThat(failure).isInstanceOf(RegistrationException.class);
        assertThat(((RegistrationException) failure).code())
                .as(failure.getMessage())
                .isEqualTo(code);
        assertThat(failure.getMessage()).doesNotContain("\n");
        return (RegistrationException) failure;
    }

    /** Changes the printer of {@link #mk4()}. */
    Registration change(String patch) {
        return done(registrations.change(new PrinterId("mk4-left"), new JsonObject(patch)));
    }

    RegistrationException failedChange(String patch, Code code) {
        return error(registrations.change(new PrinterId("mk4-left"), new JsonObject(patch)), code);
    }

    /** What the next start reads. */
    List<Registration> stored() {
        SqlPrinterRepository fresh = new SqlPrinterRepository(instance.vertx(), database, TestDatabase.cipher());
        done(fresh.load());
        return fresh.all();
    }

    @Override
    public void close() {
        instance.close();
    }
}
