package io.github.printer2mqtt.testing;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.mqtt.broker.EmbeddedBroker;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/** The embedded broker on a free port of 127.0.0.1, shared by the JVM or separate. */
public final class TestBroker implements BrokerPeer {
    private static final Vertx VERTX = Vertx.vertx();
    private static @Nullable TestBroker shared;

    private final BridgeConfig.Broker config;
    private EmbeddedBroker broker;

    private TestBroker(BridgeConfig.Broker config) {
        this.config = config;
        this.broker = start(config);
    }

    /** The shared broker, for tests with their own base topic; it is never stopped. */
    public static synchronized TestBroker shared() {
        TestBroker known = shared;
        if (known == null) {
            known = fresh();
            shared = known;
        }
        return known;
    }

    /** A new broker without authentication. */
    public static TestBroker fresh() {
        return on(Ports.free());
    }

    public static TestBroker on(int port) {
        return new TestBroker(new BridgeConfig.Broker("127.0.0.1", port, null, null));
    }

    /** A new broker that requires a user and password. */
    public static TestBroker withLogin(String username, String password) {
        return new TestBroker(new BridgeConfig.Broker("127.0.0.1", Ports.free(), username, Secret.of(password)));
    }

    private static EmbeddedBroker start(BridgeConfig.Broker config) {
        return Await.done(EmbeddedBroker.start(VERTX, config));
    }

    @Override
    public int port() {
        return config.port();
    }

    @Override
    public void kill() {
        Await.done(broker.stop());
    }

    @Override
    public void restart() {
        broker = start(config);
    }

    /** Does not wait, because HiveMQ's stop always takes half a second; the next broker has another port. */
    @Override
    public void close() {
        Future<Void> unused = broker.stop();
    }
}
