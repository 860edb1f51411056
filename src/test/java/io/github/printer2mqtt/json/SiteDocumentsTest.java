package io.github.printer2mqtt.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.json.SiteDocuments.UnreadableDocumentException;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterKey;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other bridges publish is read back, and nothing of it is trusted. */
class SiteDocumentsTest {
    private static final PrinterKey PRINTER = new PrinterKey("north", new PrinterId("mk4-left"));

    @ParameterizedTest
    @ValueSource(strings = {"status-printing", "status-offline", "status-unknown"})
    void statusIsTheSameAfterwardsButForItsSite(String golden) throws IOException {
        Status status = SiteDocuments.status(PRINTER, golden(golden));

        assertThat(new JsonObject(text(new StatusDocument(status).bytes())))
                .isEqualTo(new JsonObject(text(golden(golden))).put("site", "north"));
    }

    @Test
    void sourceOfAStatusIsReadBack() throws IOException {
        JsonObject source =
                new JsonObject().put("node", "hall-a").put("epoch", 17).put("seq", 4_000_000_000L);
        JsonObject published = new JsonObject(text(golden("status-printing"))).put("source", source);

        Status status = SiteDocuments.status(PRINTER, published.toBuffer().getBytes());

        assertThat(status.source()).isEqualTo(new Status.Source("hall-a", 17, 4_000_000_000L));
        assertThat(new JsonObject(text(new StatusDocument(status).bytes())).getJsonObject("source"))
                .isEqualTo(source);
    }

    @Test
    void eventAndAlertAreTheSameAfterwards() throws IOException {
        PrinterEvent event = Objects.requireNonNull(SiteDocuments.event(PRINTER.id(), golden("event")));
        Alert alert = SiteDocuments.alert(PRINTER, AlertCode.STALLED, golden("alert"));

        assertThat(new JsonObject(text(PrinterDocuments.event(event))))
                .isEqualTo(new JsonObject(text(golden("event"))));
        assertThat(alert.key()).isEqualTo(PRINTER);
        assertThat(alert.message()).isEqualTo(new JsonObject(text(golden("alert"))).getString("message"));
    }

    @Test
    void listOfPrintersGivesTheirIds() throws IOException {
        assertThat(SiteDocuments.printers(golden("bridge-printers"))).contains(PRINTER.id());
    }

    @Test
    void whatIsNoStatusOfThisPrinterIsRejected() throws IOException {
        JsonObject good = new JsonObject(text(golden("status-printing")));

        assertRejected("{");
        assertRejected("[1]");
        assertRejected("null");
        assertRejected("{\"schema\":1}");
        assertRejected(good.copy().put("id", "mk4-right").encode());
        assertRejected(good.copy().put("schema", 2).encode());
        assertRejected(good.copy().put("schema", "1").encode());
        assertRejected("[".repeat(100_000));
        assertThatThrownBy(() -> SiteDocuments.status(PRINTER, new byte[] {(byte) 0xff, '{', '}'}))
                .isInstanceOf(UnreadableDocumentException.class);
    }

    private static void assertRejected(String document) {
        assertThatThrownBy(() -> SiteDocuments.status(PRINTER, document.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableDocumentException.class)
                .hasMessageMatching("[ -~]{1,200}");
    }

    @Test
    void hostileValuesAreCleanedOrUnknown() {
        JsonObject hostile = new JsonObject()
                .put("schema", 1)
                .put("id", "mk4-left")
                .put("name", "a\n\u0000\u202e" + "b".repeat(5000))
                .put("driver", new JsonArray())
                .put("group", "../bridge/#")
                .put("tags", new JsonArray(Collections.nCopies(1000, "x".repeat(1000))))
                .put("state", "exploded")
                .put("online", "yes")
                .put(
                        "job",
                        new JsonObject()
                                .put("progress", 1e300)
                                .put("elapsed", -1)
                                .put("finish_at", "never"))
                .put("temperatures", new JsonObject().put("nozzles", new JsonArray(Collections.nCopies(999, 5))))
                .put("problems", "many")
                .put("plate", new JsonObject().put("state", "ready").put("since", "+999999999-12-31T23:59:59Z"))
                .put("site", "south")
                .put("capabilities", new JsonArray().add("fly").addNull().add("pause"))
                .put("poll", new JsonObject().put("failures", -3).put("reason", "because"));

        Status status = SiteDocuments.status(PRINTER, hostile.encode().getBytes(StandardCharsets.UTF_8));

        assertThat(status.name()).startsWith("a ").doesNotContain("\n").hasSizeLessThanOrEqualTo(128);
        assertThat(status.driver()).isEqualTo("unknown");
        assertThat(status.group()).isNull();
        assertThat(status.tags()).hasSize(32).allMatch(tag -> tag.length() == 64);
        assertThat(status.state()).isEqualTo(PrinterState.UNKNOWN);
        assertThat(status.online()).isFalse();
        assertThat(Objects.requireNonNull(status.job()).job().progress()).isNull();
        assertThat(status.job().finishAt()).isNull();
        assertThat(status.plate()).isNull();
        assertThat(status.site()).isEqualTo("north");
        assertThat(status.capabilities()).hasSize(1);
        assertThat(status.poll()).isEqualTo(Status.LastPoll.never());
        assertThat(new StatusDocument(status).bytes()).hasSizeLessThan(4096);
    }

    private static byte[] golden(String name) throws IOException {
        return Files.readAllBytes(Path.of("src", "test", "resources", "golden", name + ".json"));
    }

    private static String text(byte[] document) {
        return new String(document, StandardCharsets.UTF_8);
    }
}
