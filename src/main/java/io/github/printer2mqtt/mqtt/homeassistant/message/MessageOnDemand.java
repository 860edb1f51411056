package io.github.printer2mqtt.mqtt.homeassistant.message;

import io.github.printer2mqtt.mqtt.topic.Topic;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A message that is made whenever its bytes are asked for: thousands are wanted, few are under way, and each is made of
 * hundreds of objects.
 */
final class MessageOnDemand implements DiscoveryMessage {
    private final Topic topic;
    private final KnownComponents known;
    private final Supplier<DeviceMessage> maker;

    private MessageOnDemand(Topic topic, KnownComponents known, Supplier<DeviceMessage> maker) {
        this.topic = topic;
        this.known = known;
        this.maker = maker;
    }

    /** @param maker gives an equal message at every call */
    static MessageOnDemand of(Supplier<DeviceMessage> maker) {
        DeviceMessage made = maker.get();
        return new MessageOnDemand(made.topic(), made.known().shared(), maker);
    }

    @Override
    public Topic topic() {
        return topic;
    }

    @Override
    public byte[] bytes() {
        return maker.get().bytes();
    }

    @Override
    public KnownComponents known() {
        return known;
    }

    @Override
    public byte[] bytesRemoving(Map<String, Platform> gone) {
        return maker.get().bytesRemoving(gone);
    }
}
