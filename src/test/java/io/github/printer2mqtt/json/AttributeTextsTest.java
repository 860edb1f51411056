package io.github.printer2mqtt.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterKey;
import io.github.printer2mqtt.model.Status;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttributeTextsTest {
    private static final PrinterKey PRINTER = new PrinterKey(null, new PrinterId("mk4-left"));

    /** Its number differs in each status, so it would be one more message for every change. */
    @Test
    void sourceIsNoAttribute() {
        StatusDocument plain = new StatusDocument(GoldenStatuses.printing());
        JsonObject published = new JsonObject(Buffer.buffer(plain.bytes()))
                .put(
                        "source",
                        new JsonObject().put("node", "hall-a").put("epoch", 17).put("seq", 5));
        Status ofNode = SiteDocuments.status(PRINTER, published.toBuffer().getBytes());

        Map<String, String> texts = AttributeTexts.of(new StatusDocument(ofNode));

        assertThat(ofNode.source()).isNotNull();
        assertThat(texts).containsEntry("job/progress", "42.5").isEqualTo(AttributeTexts.of(plain));
    }
}
