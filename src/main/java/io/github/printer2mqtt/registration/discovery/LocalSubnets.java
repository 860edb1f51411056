package io.github.printer2mqtt.registration.discovery;

import io.github.printer2mqtt.net.lan.LanInterface;
import java.util.List;

/** Which parts of the networks of this machine are scanned. */
public final class LocalSubnets {
    private static final int MOST = 4;

    private LocalSubnets() {}

    /** The private ones, at most {@value #MOST}; of a large one the part around the address of this machine. */
    public static List<Subnet> of(List<LanInterface> interfaces) {
        return interfaces.stream()
                .map(own -> Subnet.around(own.address(), own.prefixLength()))
                .filter(Subnet::isPrivate)
                .distinct()
                .limit(MOST)
                .toList();
    }
}
