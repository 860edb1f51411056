package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.LenientJson;
import io.vertx.core.Future;
import java.util.Optional;

/** The optional requests of a reading; each is empty if Moonraker has nothing, or does not answer in time. */
interface Lookups {
    /** What Moonraker knows of a G-code file. */
    Future<Optional<LenientJson>> metadata(String file);

    /** The newest entry of the history of prints, in {@code jobs}. */
    Future<Optional<LenientJson>> history();
}
