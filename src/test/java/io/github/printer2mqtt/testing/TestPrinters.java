package io.github.printer2mqtt.testing;

import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.address.AddressText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Enabled printers without optional fields. */
public final class TestPrinters {
    private TestPrinters() {}

    public static Printer printer(PrinterId id, String name, String driver, String address) {
        return printer(id, name, driver, address, null);
    }

    /** The same in a group. */
    public static Printer printer(PrinterId id, String name, String driver, String address, @Nullable String group) {
        return new Printer(
                id,
                name,
                driver,
                AddressText.parse(address).withDefaultPort(80),
                null,
                group,
                List.of(),
                true,
                Printer.PollingOverrides.none(),
                null);
    }
}
