package io.github.printer2mqtt.driver.bambu;

import io.github.printer2mqtt.driver.LenientJson;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which printer it is, by its answer to {@code get_version}.
 *
 * @param name for example {@code P1S}; null if unknown
 */
record BambuModel(@Nullable String name) {
    private static final String BRAND = "Bambu Lab ";
    private static final BambuModel UNKNOWN = new BambuModel(null);

    static BambuModel unknown() {
        return UNKNOWN;
    }

    /** @param info of the answer; unknown if it does not name the product, as older firmware does */
    static BambuModel of(LenientJson info) {
        for (LenientJson module : info.elements("module")) {
            String product = module.text("product_name");
            if ("ota".equals(module.text("name")) && product != null) {
                String plain = product.startsWith(BRAND) ? product.substring(BRAND.length()) : product;
                return new BambuModel(plain.length() > 32 ? plain.substring(0, 32) : plain);
            }
        }
        return UNKNOWN;
    }

    private boolean startsWith(String... series) {
        String upper = name == null ? "" : name.toUpperCase(Locale.ROOT);
        for (String start : series) {
            if (upper.startsWith(start)) {
                return true;
            }
        }
        return false;
    }

    /** Whether its {@code chamber_temper} is a measurement; null if the model is unknown. */
    @Nullable Boolean hasChamberSensor() {
        return name == null ? null : Boolean.valueOf(startsWith("X1", "X2", "H2", "P2"));
    }

    /** Whether it has two lights in the chamber. */
    boolean hasSecondLight() {
        return startsWith("H2", "X2");
    }

    /**
     * The shortest time between two requests for the whole status that nothing else causes. P1 and A1 slow down while they answer;
     * an unknown model is treated like them.
     */
    Duration minimumPushAllInterval() {
        return startsWith("X1", "X2", "H2", "P2") ? Duration.ofSeconds(3) : Duration.ofSeconds(30);
    }
}
