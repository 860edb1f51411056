package io.github.printer2mqtt.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.TestBroker;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.github.printer2mqtt.testing.TestSubscriber.Heard;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The retained topic with the thumbnail of the running print. */
@Timeout(60)
class ThumbnailTopicTest {
    private static final Buffer PICTURE = Buffer.buffer(new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, (byte) 0xff, 1});
    private static final String TOPIC = MqttScenario.BASE + "/printers/mk4/thumbnail";

    @Test
    void thumbnailOfTheRunningPrintIsRetainedAsItIs() {
        try (TestBroker broker = TestBroker.fresh();
                MqttScenario bridge = started(broker, true)) {
            bridge.pictures.thumbnail = PICTURE;
            bridge.prints("mk4", "clip.gcode");

            try (TestSubscriber user = listen(broker)) {
                Heard heard = user.await(TOPIC, any -> true);
                assertThat(heard.text()).isEqualTo(PICTURE.toString(StandardCharsets.UTF_8));
            }
            bridge.awaitSent();
            try (TestSubscriber late = listen(broker)) {
                assertThat(late.await(TOPIC, any -> true).retained()).isTrue();
            }
        }
    }

    @Test
    void thumbnailIsClearedWhenThePrintIsOverAndWhenTheNextOneHasNone() {
        try (TestBroker broker = TestBroker.fresh();
                MqttScenario bridge = started(broker, true);
                TestSubscriber user = listen(broker)) {
            bridge.pictures.thumbnail = PICTURE;
            bridge.prints("mk4", "clip.gcode");
            user.await(TOPIC, heard -> !heard.text().isEmpty());

            bridge.idle("mk4");
            user.await(TOPIC, heard -> heard.text().isEmpty());

            bridge.prints("mk4", "clip.gcode");
            user.await(TOPIC, heard -> !heard.text().isEmpty());
            bridge.pictures.thumbnail = null;
            bridge.prints("mk4", "vase.gcode");
            user.await(TOPIC, heard -> heard.text().isEmpty());
        }
    }

    @Test
    void largeThumbnailIsNotPublished() {
        try (TestBroker broker = TestBroker.fresh();
                MqttScenario bridge = started(broker, true);
                TestSubscriber user = listen(broker)) {
            bridge.pictures.thumbnail = Buffer.buffer(new byte[ThumbnailPublisher.MAX_BYTES + 1]);
            bridge.prints("mk4", "clip.gcode");
            Await.until("the thumbnail is requested", () -> bridge.pictures.requests.get() > 0);
            bridge.awaitHeard(user);
            assertThat(user.of(TOPIC)).isEmpty();

            bridge.idle("mk4");
            bridge.pictures.thumbnail = Buffer.buffer(new byte[ThumbnailPublisher.MAX_BYTES]);
            bridge.prints("mk4", "vase.gcode");
            user.await(TOPIC, heard -> heard.text().length() == ThumbnailPublisher.MAX_BYTES);
        }
    }

    @Test
    void withoutTheOptionNothingIsRequested() {
        try (TestBroker broker = TestBroker.fresh();
                MqttScenario bridge = started(broker, false);
                TestSubscriber user = listen(broker)) {
            bridge.pictures.thumbnail = PICTURE;
            bridge.prints("mk4", "clip.gcode");
            user.await(bridge.state("mk4"), heard -> heard.text().contains("clip.gcode"));
            bridge.awaitHeard(user);

            assertThat(bridge.pictures.requests).hasValue(0);
            assertThat(user.of(TOPIC)).isEmpty();
        }
    }

    private static MqttScenario started(TestBroker broker, boolean thumbnails) {
        MqttScenario bridge = new MqttScenario();
        if (thumbnails) {
            bridge.publishingThumbnails();
        }
        bridge.register("mk4").idle("mk4");
        return bridge.start(MqttScenario.options(broker.port(), Version.V5)).awaitConnected();
    }

    private static TestSubscriber listen(TestBroker broker) {
        return TestSubscriber.listen(broker.port(), MqttScenario.BASE + "/#");
    }
}
