package io.github.printer2mqtt.mqtt.homeassistant.message;

import io.github.printer2mqtt.mqtt.topic.Topic;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A message that is built whenever its bytes are needed: thousands are wanted, few are in flight, and each consists of
 * hundreds of objects.
 *
 * @param maker returns an equal message on every call
 */
record LazyDiscoveryMessage(Topic topic, KnownComponents known, Supplier<DeviceMessage> maker)
        implements DiscoveryMessage {
    static LazyDiscoveryMessage of(Supplier<DeviceMessage> maker) {
        DeviceMessage made = maker.get();
        return new LazyDiscoveryMessage(made.topic(), made.known().shared(), maker);
    }

    @Override
    public byte[] bytes() {
        return maker.get().bytes();
    }

    @Override
    public byte[] bytesRemoving(Map<String, Platform> removed) {
        return maker.get().bytesRemoving(removed);
    }
}
