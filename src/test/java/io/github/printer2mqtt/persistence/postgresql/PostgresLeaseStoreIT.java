package io.github.printer2mqtt.persistence.postgresql;

import static io.github.printer2mqtt.testing.Await.done;
import static io.github.printer2mqtt.testing.Await.failure;
import static io.github.printer2mqtt.testing.Await.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.printer2mqtt.cluster.LeaseStore.Member;
import io.github.printer2mqtt.cluster.LeaseStore.View;
import io.github.printer2mqtt.cluster.Node;
import io.github.printer2mqtt.cluster.Ownership.Holder;
import io.github.printer2mqtt.config.DatabaseConfig.Server;
import io.github.printer2mqtt.config.type.DatabaseUrl;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.DatabaseException.Kind;
import io.github.printer2mqtt.persistence.sql.Database;
import io.github.printer2mqtt.persistence.sql.Database.Durability;
import io.github.printer2mqtt.persistence.sql.Statement;
import io.github.printer2mqtt.testing.PostgresServer;
import io.github.printer2mqtt.testing.TcpProxy;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The nodes and the lease at a real server, and what the lease protects there. */
@Timeout(60)
class PostgresLeaseStoreIT {
    private static final LockedConnection.Timing TIMING = new LockedConnection.Timing(
            Duration.ofSeconds(20), Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofMillis(500));

    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx vertx = instance.vertx();
    private final Server server = PostgresServer.shared().newDatabase();
    private final PostgresLeaseStore store = new PostgresLeaseStore(vertx, server, Duration.ofSeconds(5));
    private final Node a = new Node("a", UUID.randomUUID(), "1.0.0");
    private final Node b = new Node("b", UUID.randomUUID(), "1.1.0");

    @Test
    void oneOfTwoMembersGetsTheLeaseUntilItIsEvicted() {
        assertThat(done(store.beat(a)).isMember()).isFalse();
        assertThat(done(store.claim(a, 0))).as("not a member").isNull();
        done(store.join(a));
        done(store.join(b));
        assertThat(done(store.claim(a, 0))).isEqualTo(1);
        assertThat(done(store.claim(b, 1))).as("a has it").isNull();
        assertThat(done(store.claim(a, 0))).as("an old view").isNull();
        assertThat(done(store.claim(a, 1))).as("its own, again").isEqualTo(2);

        View before = done(store.beat(b));
        assertThat(before.isMember()).isTrue();
        assertThat(before.epoch()).isEqualTo(2);
        assertThat(before.nodes())
                .extracting(Member::name, Member::version)
                .containsExactly(tuple("a", "1.0.0"), tuple("b", "1.1.0"));
        done(store.beat(a));
        done(store.evict(before.nodes().get(0)));
        assertThat(done(store.beat(a)).isMember()).as("its beat went on").isTrue();

        Member silent = done(store.beat(b)).nodes().get(0);
        done(store.evict(silent));
        assertThat(done(store.claim(b, 2))).isEqualTo(3);
        assertThat(done(store.beat(a)).isMember()).isFalse();
        assertThat(done(store.claim(a, 3))).isNull();
    }

    @Test
    void leaseThatIsGivenBackIsFreeAndItsNodeIsGone() {
        done(store.join(a));
        done(store.join(b));
        done(store.claim(a, 0));
        done(store.leave(a));

        View after = done(store.beat(b));
        assertThat(after.nodes()).extracting(Member::name).containsExactly("b");
        assertThat(after.owner()).isNull();
        assertThat(done(store.claim(b, 1))).isEqualTo(2);
    }

    @Test
    void twoProcessesOfOneNameAreNotBothMembers() {
        done(store.join(a));
        Node namesake = new Node("a", UUID.randomUUID(), "1.0.0");
        done(store.join(namesake));
        assertThat(done(store.beat(namesake)).isMember()).isFalse();
        assertThat(done(store.beat(a)).isMember()).isTrue();
    }

    @Test
    void nodesThatStartTogetherCreateTheTablesOnce() {
        List<PostgresLeaseStore> stores = List.of(
                new PostgresLeaseStore(vertx, server, Duration.ofSeconds(5)),
                new PostgresLeaseStore(vertx, server, Duration.ofSeconds(5)),
                new PostgresLeaseStore(vertx, server, Duration.ofSeconds(5)));
        var opened =
                stores.stream().map(each -> each.open(Duration.ofSeconds(5))).toList();
        opened.forEach(each -> done(each));
        assertThat(done(store.beat(a)).epoch()).isZero();
    }

    @Test
    void databaseIsOpenedOnlyUnderTheNewestTermAndEndsTheSessionOfThePredecessor() {
        done(store.join(a));
        long first = claim(a, 0);
        Database before = done(open("a", first));
        done(put(before, "a"));

        done(store.leave(a));
        done(store.join(b));
        long second = claim(b, first);
        Database after = done(open("b", second));
        done(put(after, "b"));

        until("the old database is refused for good", () -> before.evicted().failed());
        assertThat(DatabaseException.is(before.evicted().cause(), Kind.IN_USE)).isTrue();
        assertThat(failure(put(before, "late"))).isInstanceOf(DatabaseException.class);
        assertThat(failure(open("a", first))).hasMessageContaining("another node has the lease");
        done(put(after, "b again"));
        done(before.close());
        done(after.close());
    }

    @Test
    void bridgeThatIsNoNodeKeepsItsDatabase() {
        Database alone = done(PostgresDatabase.open(vertx, server));
        done(store.join(a));
        long epoch = claim(a, 0);
        assertThat(failure(open("a", epoch))).hasMessageContaining("another printer2mqtt uses it");
        done(put(alone, "kept"));
        done(alone.close());
    }

    @Test
    void wayThatIsCutFailsEachStatementUntilItIsThereAgain() {
        try (TcpProxy way = TcpProxy.to(vertx, server.url().port())) {
            PostgresLeaseStore through = new PostgresLeaseStore(
                    vertx,
                    server.at(new DatabaseUrl(
                            "127.0.0.1", way.port(), server.url().database())),
                    Duration.ofMillis(500));
            done(through.open(Duration.ofSeconds(5)));
            way.cut();
            assertThat(failure(through.beat(a))).isInstanceOf(DatabaseException.class);
            assertThat(failure(through.beat(a))).isInstanceOf(DatabaseException.class);
            way.restore();
            until(
                    "it answers again",
                    () -> done(through.beat(a).map(view -> true).otherwise(false)));
        }
    }

    private long claim(Node node, long epoch) {
        Long claimed = done(store.claim(node, epoch));
        assertThat(claimed).isNotNull();
        return claimed == null ? 0 : claimed;
    }

    private Future<PostgresDatabase> open(String node, long epoch) {
        return PostgresDatabase.open(vertx, server, new Holder(node, epoch), TIMING, PostgresMigrations.FILES);
    }

    private static Future<?> put(Database database, String name) {
        return database.write(
                Durability.FULL, List.of(Statement.of("INSERT INTO setting VALUES (?, 'x')", Tuple.of(name))));
    }
}
