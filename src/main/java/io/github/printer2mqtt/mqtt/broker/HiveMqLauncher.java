package io.github.printer2mqtt.mqtt.broker;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.embedded.EmbeddedHiveMQBuilder;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.text.Secret;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starts HiveMQ. Separate from {@link EmbeddedBroker}, which must load in builds without HiveMQ. */
final class HiveMqLauncher {
    /** If a class is missing, HiveMQ's start never completes; a busy machine needs more than 30 seconds for it. */
    private static final long START_SECONDS = 120;

    private HiveMqLauncher() {}

    /** Blocks until the broker listens, at most two minutes. Its {@code close} takes 4 seconds. */
    static AutoCloseable start(BridgeConfig.Broker config, BrokerDataFolder folder) {
        EmbeddedHiveMQ broker = build(config, folder);
        try {
            broker.start().get(START_SECONDS, TimeUnit.SECONDS);
            return broker;
        } catch (ExecutionException e) {
            throw new EmbeddedBroker.BrokerStartException(
                    "the embedded broker did not start: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new EmbeddedBroker.BrokerStartException(
                    "the embedded broker did not start: not ready within " + START_SECONDS + " seconds", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedBroker.BrokerStartException("the embedded broker did not start: interrupted", e);
        }
    }

    private static EmbeddedHiveMQ build(BridgeConfig.Broker config, BrokerDataFolder folder) {
        EmbeddedHiveMQBuilder builder = EmbeddedHiveMQ.builder()
                .withConfigurationFolder(folder.config())
                .withDataFolder(folder.data())
                .withExtensionsFolder(folder.extensions())
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
