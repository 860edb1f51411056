package io.github.printer2mqtt.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.PrinterState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a consumer of changes is woken. */
class ChangeQueueTest {
    private final FleetScenario scenario = FleetScenario.startPrinting("1");
    private int wakeUps;
    private final ChangeQueue queue = new ChangeQueue(() -> wakeUps++, 10);

    @BeforeEach
    void follow() {
        scenario.fleet().addListener(queue);
    }

    @Test
    void collectsChangedNumbersWithoutWakingTheConsumer() {
        scenario.reports(FleetScenario.printing("1", 40.0)).reports(FleetScenario.printing("1", 80.0));

        assertThat(wakeUps).isZero();
        assertThat(queue.hasContent()).isTrue();
        assertThat(queue.drain().changed()).containsExactly(FleetScenario.ID);
        assertThat(queue.hasContent()).isFalse();
    }

    @Test
    void wakesTheConsumerOnceForAChangedState() {
        scenario.reports(FleetScenario.printing("1", 40.0));
        scenario.reports(FleetScenario.reading(PrinterState.PAUSED, FleetScenario.job("1")));
        scenario.reports(FleetScenario.printing("1", 40.0));

        assertThat(wakeUps).isEqualTo(1);
        ChangeQueue.Content content = queue.drain();
        assertThat(content.changed()).containsExactly(FleetScenario.ID);
        assertThat(content.events()).hasSize(2);
    }

    @Test
    void wakesTheConsumerForAMissedPollAndForItsEnd() {
        scenario.fails(1);
        assertThat(wakeUps).isEqualTo(1);

        queue.drain();
        scenario.reports(FleetScenario.printing("1"));
        assertThat(wakeUps).isEqualTo(2);
    }

    @Test
    void wakesTheConsumerForAnotherJob() {
        scenario.reports(FleetScenario.printing("2"));

        assertThat(wakeUps).isEqualTo(1);
    }
}
