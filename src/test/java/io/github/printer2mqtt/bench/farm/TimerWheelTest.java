package io.github.printer2mqtt.bench.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TimerWheelTest {
    private static final long MILLI = 1_000_000;

    private final TimerWheel wheel = new TimerWheel(0);
    private final List<String> done = new ArrayList<>();

    @Test
    void tasksRunInOrderWhenDue() {
        wheel.after(0, 70, () -> done.add("later"));
        wheel.after(0, 50, () -> done.add("sooner"));

        wheel.turn(49 * MILLI);
        assertThat(done).isEmpty();
        wheel.turn(50 * MILLI);
        assertThat(done).containsExactly("sooner");
        wheel.turn(90 * MILLI);
        assertThat(done).containsExactly("sooner", "later");
    }

    @Test
    void wheelTurnsMoreThanOnce() {
        for (long second = 0; second < 20; second++) {
            wheel.turn(second * 1_000 * MILLI);
            wheel.after(second * 1_000 * MILLI, 900, () -> done.add("done"));
        }
        wheel.turn(30_000 * MILLI);

        assertThat(done).hasSize(20);
    }

    @Test
    void taskSchedulesTask() {
        wheel.after(0, 10, () -> wheel.after(10 * MILLI, 10, () -> done.add("second")));

        wheel.turn(10 * MILLI);
        assertThat(done).isEmpty();
        wheel.turn(20 * MILLI);
        assertThat(done).containsExactly("second");
    }

    @Test
    void tooLongDelayIsRejected() {
        assertThatThrownBy(() -> wheel.after(0, 5_000, () -> {})).isInstanceOf(IllegalArgumentException.class);
    }
}
