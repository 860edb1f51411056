package io.github.printer2mqtt.mqtt.broker;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.embedded.EmbeddedHiveMQBuilder;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.text.Secret;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Builds and starts HiveMQ. Apart from {@link EmbeddedBroker}, which must load where the build has no HiveMQ. */
final class HiveMqLauncher {
    /** A missing class never completes HiveMQ's start, so it is waited for with a bound. */
    private static final long START_SECONDS = 30;

    private HiveMqLauncher() {}

    /** Blocks until it listens, at most 30 seconds. Its {@code close} waits for quiet periods of 4 seconds. */
    static AutoCloseable start(BridgeConfig.Broker config, BrokerDataFolder folders) {
        EmbeddedHiveMQ broker = build(config, folders);
        try {
            broker.start().get(START_SECONDS, TimeUnit.SECONDS);
            return broker;
        } catch (ExecutionException e) {
            throw new EmbeddedBroker.BrokerStartException(
                    "the embedded broker does not start: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new EmbeddedBroker.BrokerStartException(
                    "the embedded broker does not start: not ready within " + START_SECONDS + " seconds", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedBroker.BrokerStartException("the embedded broker does not start: interrupted", e);
        }
    }

    private static EmbeddedHiveMQ build(BridgeConfig.Broker config, BrokerDataFolder folders) {
        EmbeddedHiveMQBuilder builder = EmbeddedHiveMQ.builder()
                .withConfigurationFolder(folders.config())
                .withDataFolder(folders.data())
                .withExtensionsFolder(folders.extensions())
                .withoutLoggingBootstrap();
        String username = config.username();
        Secret password = config.password();
        if (username != null && password != null) {
            builder = builder.withEmbeddedExtension(EmbeddedExtension.builder()
                    .withId("printer2mqtt-login")
                    .withName("printer2mqtt login")
                    .withVersion("1")
                    .withPriority(0)
                    .withStartPriority(1000)
                    .withExtensionMain(new BrokerLogin(username, password))
                    .build());
        }
        return builder.build();
    }
}
