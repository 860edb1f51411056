package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.TelemetryField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What docs/reference says of each driver: the table in status.md, and the ports of {@code auto} in http.md. */
class DriverTableTest {
    @Test
    void tableMatchesTheDrivers() {
        MarkdownDocument document = MarkdownDocument.reference("status.md");
        List<String> expected = expected();
        List<String> found = document.chapter("## Drivers")
                .lines()
                .filter(line -> line.startsWith("|"))
                .limit(expected.size())
                .toList();
        assertThat(found)
                .as("%s must have this table:%n%s%n", document.path(), String.join("\n", expected))
                .isEqualTo(expected);
    }

    @Test
    void portsOfAutoAreThoseOfTheDrivers() {
        List<String> ports = Drivers.all().stream()
                .flatMap(driver -> driver.candidatePorts().stream())
                .distinct()
                .sorted()
                .map(String::valueOf)
                .toList();
        int last = ports.size() - 1;
        assertThat(MarkdownDocument.reference("http.md").chapter("## Registrations"))
                .contains("or " + String.join(", ", ports.subList(0, last)) + " and " + ports.get(last) + ",");
    }

    private static List<String> expected() {
        List<String> lines = new ArrayList<>();
        lines.add(line("", driver -> "`" + driver.id() + "`"));
        lines.add(line("---", driver -> "---"));
        lines.add(line("default port", driver -> String.valueOf(driver.defaultPort())));
        for (Capability capability : Capability.values()) {
            lines.add(line(
                    "command `" + capability.wireName() + "`",
                    driver -> yesOrNo(driver.capabilities().contains(capability))));
        }
        for (TelemetryField field : TelemetryField.values()) {
            lines.add(line(
                    "reports `" + field.name().toLowerCase(Locale.ROOT) + "`",
                    driver -> yesOrNo(driver.telemetry().contains(field))));
        }
        return lines;
    }

    private static String line(String first, Function<Driver, String> cell) {
        String start = first.isEmpty() ? "|" : "| " + first;
        return Drivers.all().stream().map(cell).collect(Collectors.joining(" | ", start + " | ", " |"));
    }

    private static String yesOrNo(boolean supported) {
        return supported ? "yes" : "no";
    }
}
