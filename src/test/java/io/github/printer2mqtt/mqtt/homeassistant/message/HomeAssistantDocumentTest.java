package io.github.printer2mqtt.mqtt.homeassistant.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.RegisteredDrivers;
import io.github.printer2mqtt.driver.Driver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** docs/home-assistant.md lists all entities. */
class HomeAssistantDocumentTest {
    private static final DiscoveryPlan PLAN =
            DiscoveryFixture.withThumbnails(DiscoveryFixture.plan("printer2mqtt", DiscoveryFixture.ALL_VERBS));

    @Test
    void documentListsEveryEntity() throws IOException {
        Set<String> ids = new TreeSet<>(PLAN.bridge().known().platforms().keySet());
        for (Driver driver : RegisteredDrivers.all()) {
            PrinterFacts facts = DiscoveryFixture.facts("mk4-left", driver).with(new ObservedHardware(2, true, true));
            ids.addAll(PLAN.printer(facts).known().platforms().keySet());
        }
        String text = Files.readString(Path.of("docs", "home-assistant.md"));
        assertThat(ids).hasSizeGreaterThan(20).allSatisfy(id -> assertThat(text).contains("_" + id + "`"));
    }
}
