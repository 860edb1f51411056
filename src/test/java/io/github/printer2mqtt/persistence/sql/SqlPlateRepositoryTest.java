package io.github.printer2mqtt.persistence.sql;

import static io.github.printer2mqtt.testing.Await.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Status.Plate;
import io.github.printer2mqtt.persistence.PlateRepository.StoredPlate;
import io.github.printer2mqtt.testing.DatabaseFixture;
import io.github.printer2mqtt.testing.TestDatabase;
import io.github.printer2mqtt.testing.TestPrinters;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqlPlateRepositoryTest {
    private static final PrinterId A = new PrinterId("a");
    private static final PrinterId B = new PrinterId("b");
    private static final Instant AT = Instant.parse("2026-11-21T09:20:00.123456Z");
    private static final StoredPlate COOLING = new StoredPlate(
            new Plate(Plate.State.COOLING, AT),
            false,
            new Job("297", "clip \"x\".gcode", 100.0, 1200L, null, null, null),
            AT.minusSeconds(60),
            AT.plusSeconds(60));
    private static final StoredPlate IN_USE =
            new StoredPlate(new Plate(Plate.State.IN_USE, AT), true, null, null, null);

    @RegisterExtension
    private final DatabaseFixture instance = newDatabase();

    private SqlPrinterRepository printers;
    private SqlPlateRepository plates;

    /** The database of the test; other products override it. */
    DatabaseFixture newDatabase() {
        return new TestDatabase();
    }

    @BeforeEach
    void open() {
        printers = new SqlPrinterRepository(instance.vertx(), instance.database(), TestDatabase.cipher());
        done(printers.load());
        for (PrinterId id : List.of(A, B)) {
            done(printers.add(TestPrinters.printer(id, "printer", "prusalink", id + ".local"), Credentials.none()));
        }
        plates = new SqlPlateRepository(instance.vertx(), instance.database());
    }

    @Test
    void restoresTheNewestPlateOfEachPrinter() {
        plates.save(A, IN_USE);
        plates.save(B, IN_USE);
        plates.save(A, COOLING);
        done(plates.flush());
        assertThat(stored()).isEqualTo(Map.of(A, COOLING, B, IN_USE));
    }

    @Test
    void removedPrinterIsNotBroughtBack() {
        plates.save(A, COOLING);
        plates.save(B, COOLING);
        plates.remove(A);
        done(plates.flush());
        assertThat(stored()).containsOnlyKeys(B);
        done(printers.remove(B));
        plates.save(B, IN_USE);
        done(plates.flush());
        assertThat(stored()).isEmpty();
    }

    /** Nothing is known of a plate whose row is unreadable: it must not become clear. */
    @Test
    void ignoresUnreadableRows() {
        plates.save(A, COOLING);
        done(plates.flush());
        for (String row : List.of("'molten', '2026-11-21T09:20:00Z'", "'clear', 'yesterday'")) {
            done(instance.database()
                    .write(
                            Database.Durability.NORMAL,
                            List.of(
                                    Statement.of("DELETE FROM plate WHERE printer = 'b'"),
                                    Statement.of("INSERT INTO plate (printer, state, since, has_material) VALUES ('b', "
                                            + row + ", 0)"))));
            assertThat(stored()).isEqualTo(Map.of(A, COOLING));
        }
    }

    private Map<PrinterId, StoredPlate> stored() {
        return done(new SqlPlateRepository(instance.vertx(), instance.database()).load());
    }
}
