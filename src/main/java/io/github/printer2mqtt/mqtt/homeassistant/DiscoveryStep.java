package io.github.printer2mqtt.mqtt.homeassistant;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message on the way from what was announced to what is wanted. The next one may be sent when the broker has
 * acknowledged this one; a newer value must not overtake it, for Home Assistant would keep the entities it removes.
 *
 * @param payload to be retained; empty to remove the device
 * @param after what Home Assistant knows once it is acknowledged
 */
@SuppressWarnings("ArrayRecordComponent") // made once and compared by nobody
public record DiscoveryStep(byte[] payload, KnownComponents after) {
    /**
     * What to send, in this order. Entities that vanish, or become another kind, are first announced with nothing but
     * their old platform, which is how Home Assistant removes them, and left out afterwards.
     *
     * @param announced what was announced at the topic before
     * @param wanted null if the device is to go
     */
    public static List<DiscoveryStep> between(KnownComponents announced, @Nullable DiscoveryMessage wanted) {
        if (wanted == null) {
            return List.of(new DiscoveryStep(new byte[0], KnownComponents.none()));
        }
        KnownComponents goal = wanted.known();
        DiscoveryStep last = new DiscoveryStep(wanted.bytes(), goal);
        Map<String, Platform> gone = announced.missingIn(goal);
        return gone.isEmpty()
                ? List.of(last)
                : List.of(new DiscoveryStep(wanted.bytesRemoving(gone), goal.without(gone)), last);
    }
}
