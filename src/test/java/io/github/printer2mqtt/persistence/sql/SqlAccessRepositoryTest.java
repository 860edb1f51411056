package io.github.printer2mqtt.persistence.sql;

import static io.github.printer2mqtt.testing.Await.done;
import static io.github.printer2mqtt.testing.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.access.ApiToken;
import io.github.printer2mqtt.model.access.PasswordHash;
import io.github.printer2mqtt.model.access.Right;
import io.github.printer2mqtt.model.access.Role;
import io.github.printer2mqtt.model.access.User;
import io.github.printer2mqtt.persistence.AccessRepository.Stored;
import io.github.printer2mqtt.persistence.AccessRepository.StoredSession;
import io.github.printer2mqtt.persistence.AccessRepository.StoredToken;
import io.github.printer2mqtt.persistence.AccessRepository.StoredUser;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.testing.DatabaseFixture;
import io.github.printer2mqtt.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqlAccessRepositoryTest {
    private static final Instant AT = Instant.parse("2026-11-21T09:20:00.123Z");
    private static final StoredUser ANNA =
            new StoredUser(new User("anna", Role.ADMIN, AT), new PasswordHash(210_000, "c2FsdA==", "aGFzaA=="));
    private static final StoredSession PHONE = new StoredSession("a1", "anna", AT.plusSeconds(60));
    private static final StoredSession LAPTOP = new StoredSession("b2", "anna", AT.plusSeconds(90));

    @RegisterExtension
    private final DatabaseFixture instance = newDatabase();

    private SqlAccessRepository access;

    /** The database of the test; other products override it. */
    DatabaseFixture newDatabase() {
        return new TestDatabase();
    }

    @BeforeEach
    void open() {
        access = new SqlAccessRepository(instance.database());
        done(access.saveUser(ANNA, List.of()));
        done(access.saveSession(PHONE, List.of()));
        done(access.saveSession(LAPTOP, List.of()));
    }

    @Test
    void everythingIsReadAgain() {
        StoredToken forever = new StoredToken(
                "c3", new ApiToken("id-1", "Grafana, attic", Set.of(Right.READ, Right.CAMERA), AT, null));
        StoredToken limited =
                new StoredToken("d4", new ApiToken("id-2", "wall", Set.of(Right.WALL), AT, AT.plusSeconds(60)));
        done(access.saveToken(forever));
        done(access.saveToken(limited));

        Stored stored = done(access.load());

        assertThat(stored.users()).containsExactly(ANNA);
        assertThat(stored.sessions()).containsExactlyInAnyOrder(PHONE, LAPTOP);
        assertThat(stored.tokens()).containsExactlyInAnyOrder(forever, limited);
        done(access.deleteToken("c3"));
        assertThat(done(access.load()).tokens()).containsExactly(limited);
    }

    @Test
    void changedUserKeepsTheOtherSessions() {
        StoredUser viewer = new StoredUser(new User("anna", Role.VIEWER, AT), ANNA.password());
        done(access.saveUser(viewer, List.of("a1")));
        assertThat(done(access.load()).users()).containsExactly(viewer);
        assertThat(done(access.load()).sessions()).containsExactly(LAPTOP);
    }

    @Test
    void removedUserHasNoSessions() {
        done(access.deleteUser("anna"));
        assertThat(done(access.load())).isEqualTo(new Stored(List.of(), List.of(), List.of()));
        assertThat(failure(access.saveSession(new StoredSession("e5", "anna", AT), List.of())))
                .isInstanceOf(DatabaseException.class);
    }

    @Test
    void unreadableUserOpensNothing() {
        done(instance.database()
                .write(
                        Database.Durability.FULL,
                        List.of(Statement.of("UPDATE account SET role = 'owner' WHERE name = 'anna'"))));
        assertThat(failure(access.load()))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("the user \"anna\"");
    }
}
