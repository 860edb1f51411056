package io.github.printer2mqtt;

import io.github.printer2mqtt.cli.Version;
import io.github.printer2mqtt.cluster.Hold;
import io.github.printer2mqtt.cluster.NodeLease;
import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.ClusterConfig;
import io.github.printer2mqtt.config.ConfigReader;
import io.github.printer2mqtt.config.DatabaseConfig;
import io.github.printer2mqtt.persistence.postgresql.PostgresLeaseStore;
import io.github.printer2mqtt.vertx.BlockingWait;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A program that claims the lease as a node does and then works for ever, whether it still has the lease or not. */
final class UnfencedNode {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private UnfencedNode() {}

    /** @param arguments those of the program; the last is the configuration file */
    public static void main(String[] arguments) throws IOException {
        Main.prepareProcess();
        Path file = Path.of(arguments[arguments.length - 1]);
        BridgeConfig config = new ConfigReader(Map.of(), ConfigReader.SecretFiles.ofSystem())
                .read("config.json", Files.readString(file));
        ClusterConfig cluster = Objects.requireNonNull(config.cluster());
        DatabaseConfig.Server server = Objects.requireNonNull(config.database().server());
        Vertx vertx = Vertx.vertx();
        PostgresLeaseStore store =
                new PostgresLeaseStore(vertx, server, cluster.lease().dividedBy(4));
        BlockingWait.await(store.open(LIMIT), LIMIT);
        NodeLease lease = new NodeLease(vertx, store, cluster.node(), Version.text(), cluster.lease());
        lease.start();
        Hold hold = BlockingWait.await(lease.hold(), LIMIT);
        Bridge.start(config, new Unfenced(hold.holder()));
    }

    /** Never ends. */
    private record Unfenced(@Nullable Holder holder) implements Ownership {
        @Override
        public boolean isHeld() {
            return true;
        }
    }
}
