package io.github.printer2mqtt.simulator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.printer2mqtt.simulator.ManualClock;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.github.printer2mqtt.simulator.protocol.PrinterInState;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SimulatedPrinterTest {
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

    private final ManualClock clock = new ManualClock();
    private final SimulatedPrinter printer = new SimulatedPrinter("Voron 2.4", clock);

    @Test
    void heatsBeforeItPrintsAndFinishesWhenItsTimeIsUp() {
        printer.start("benchy.gcode", TWO_MINUTES);
        assertThat(printer.view().state()).isEqualTo(State.HEATING);
        assertThat(printer.view().nozzle()).isCloseTo(22, within(0.01));

        clock.moveSeconds(10);
        assertThat(printer.view().state()).isEqualTo(State.HEATING);
        assertThat(printer.view().nozzle()).isBetween(80.0, 200.0);
        assertThat(job().active()).isZero();

        clock.moveSeconds(60);
        PrinterView printing = printer.view();
        assertThat(printing.state()).isEqualTo(State.PRINTING);
        assertThat(printing.nozzle()).isCloseTo(215, within(0.2));
        assertThat(printing.bed()).isCloseTo(60, within(0.2));
        assertThat(job().heating() + job().active()).isCloseTo(70, within(0.001));
        assertThat(job().remaining()).isCloseTo(120 - job().active(), within(0.001));
        assertThat(job().layer()).isBetween(1, job().layers());

        clock.moveSeconds(100);
        assertThat(printer.view().state()).isEqualTo(State.FINISHED);
        assertThat(job().progress()).isEqualTo(1.0);
        assertThat(printer.view().nozzleTarget()).isZero();
    }

    @Test
    void heatsToItsTargetAndStays() {
        printer.heatNozzle(100);
        printer.heatBed(40);
        clock.moveSeconds(300);
        PrinterView warm = printer.view();
        assertThat(warm.state()).isEqualTo(State.IDLE);
        assertThat(warm.nozzle()).isCloseTo(100, within(0.2));
        assertThat(warm.bed()).isCloseTo(40, within(0.2));
        printer.heatNozzle(0);
        clock.moveSeconds(300);
        assertThat(printer.view().nozzle()).isCloseTo(22, within(0.01));
    }

    @Test
    void emergencyStopEndsEverything() {
        printer.start("benchy.gcode", TWO_MINUTES);
        printer.emergencyStop();
        PrinterView stopped = printer.view();
        assertThat(stopped.state()).isEqualTo(State.FAILED);
        assertThat(stopped.nozzleTarget()).isZero();
        assertThat(stopped.homed()).isEmpty();
        assertThatThrownBy(() -> printer.heatBed(60)).isInstanceOf(SimulatedPrinter.ForbiddenByStateException.class);
        printer.clear();
        printer.home("yx");
        assertThat(printer.view().homed()).isEqualTo("xy");
    }

    @Test
    void oneLongJumpOfTheClockEqualsManySteps() {
        SimulatedPrinter watched = new SimulatedPrinter("Voron 2.4", clock);
        printer.start("benchy.gcode", TWO_MINUTES);
        watched.start("benchy.gcode", TWO_MINUTES);
        for (int i = 0; i < 400; i++) {
            clock.move(Duration.ofMillis(499));
            watched.view();
        }
        assertThat(printer.view().state()).isEqualTo(watched.view().state()).isEqualTo(State.FINISHED);
        assertThat(printer.view().bed()).isCloseTo(watched.view().bed(), within(0.001));
        assertThat(job().heating())
                .isCloseTo(Objects.requireNonNull(watched.view().job()).heating(), within(0.001));
    }

    @Test
    void pausedTimeIsNotActiveTime() {
        printer.startUnderWay("benchy.gcode", TWO_MINUTES, Duration.ofSeconds(30));
        printer.pause();
        clock.moveSeconds(45);
        assertThat(job().active()).isCloseTo(30, within(0.001));
        assertThat(job().held()).isCloseTo(45, within(0.001));
        printer.resume();
        clock.moveSeconds(10);
        assertThat(printer.view().state()).isEqualTo(State.PRINTING);
        assertThat(job().active()).isCloseTo(40, within(0.001));
    }

    @Test
    void attentionPausesTheJobUntilCleared() {
        printer.startUnderWay("benchy.gcode", TWO_MINUTES, Duration.ofSeconds(30));
        printer.attention();
        clock.moveSeconds(500);
        assertThat(printer.view().state()).isEqualTo(State.ATTENTION);
        assertThat(printer.view().isHeld()).isTrue();
        printer.clear();
        assertThat(printer.view().state()).isEqualTo(State.PRINTING);
        assertThat(job().active()).isCloseTo(30, within(0.001));
    }

    @Test
    void oneCommandEndsAPauseAndAnInterruption() {
        printer.startUnderWay("benchy.gcode", TWO_MINUTES, Duration.ofSeconds(30));
        printer.pause();
        printer.resumeHeld();
        clock.moveSeconds(10);
        assertThat(printer.view().state()).isEqualTo(State.PRINTING);
        printer.attention();
        printer.resumeHeld();
        assertThat(printer.view().state()).isEqualTo(State.PRINTING);
    }

    @Test
    void everyJobHasItsOwnId() {
        printer.startUnderWay("a.gcode", TWO_MINUTES, Duration.ZERO);
        int first = job().id();
        printer.cancel();
        printer.start("a.gcode", TWO_MINUTES);
        assertThat(job().id()).isGreaterThan(first);
    }

    @Test
    void failureMessageStaysUntilCleared() {
        printer.startUnderWay("a.gcode", TWO_MINUTES, Duration.ZERO);
        printer.fail("Thermal Runaway");
        assertThat(printer.view().message()).isEqualTo("Thermal Runaway");
        assertThat(printer.view().runningJob()).isNull();
        printer.clear();
        assertThat(printer.view().message()).isNull();
        assertThat(printer.view().job()).isNull();
    }

    @Test
    void everyStateAllowsOnlyItsOperations() {
        Map<State, Set<String>> allowed = new EnumMap<>(State.class);
        allowed.put(State.DISCONNECTED, Set.of("connect"));
        allowed.put(State.IDLE, Set.of("start", "fail", "attention", "busy", "disconnect"));
        allowed.put(State.HEATING, Set.of("pause", "cancel", "fail", "attention", "disconnect"));
        allowed.put(State.PRINTING, Set.of("pause", "cancel", "fail", "attention", "disconnect"));
        allowed.put(State.PAUSED, Set.of("resume", "cancel", "fail", "attention", "disconnect"));
        allowed.put(State.FINISHED, Set.of("start", "fail", "busy", "clear", "disconnect"));
        allowed.put(State.CANCELLED, Set.of("start", "fail", "busy", "clear", "disconnect"));
        allowed.put(State.FAILED, Set.of("clear", "disconnect"));
        allowed.put(State.ATTENTION, Set.of("cancel", "fail", "clear", "disconnect"));
        allowed.put(State.BUSY, Set.of("fail", "clear", "disconnect"));

        for (State state : EnumSet.allOf(State.class)) {
            Set<String> done = new TreeSet<>();
            operations().forEach((name, operation) -> {
                SimulatedPrinter fresh = in(state);
                try {
                    operation.accept(fresh);
                    done.add(name);
                } catch (SimulatedPrinter.ForbiddenByStateException e) {
                    assertThat(fresh.view().state()).as(name).isEqualTo(state);
                }
            });
            assertThat(done).as(state.name()).isEqualTo(new TreeSet<>(Objects.requireNonNull(allowed.get(state))));
        }
    }

    @Test
    void jobWithoutDurationIsRejected() {
        assertThatThrownBy(() -> printer.start("a.gcode", Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThat(printer.view().state()).isEqualTo(State.IDLE);
    }

    private static Map<String, Consumer<SimulatedPrinter>> operations() {
        Map<String, Consumer<SimulatedPrinter>> operations = new LinkedHashMap<>();
        operations.put("start", printer -> printer.start("next.gcode", TWO_MINUTES));
        operations.put("pause", SimulatedPrinter::pause);
        operations.put("resume", SimulatedPrinter::resume);
        operations.put("cancel", SimulatedPrinter::cancel);
        operations.put("fail", printer -> printer.fail("broken"));
        operations.put("attention", SimulatedPrinter::attention);
        operations.put("busy", SimulatedPrinter::busy);
        operations.put("clear", SimulatedPrinter::clear);
        operations.put("disconnect", SimulatedPrinter::disconnect);
        operations.put("connect", SimulatedPrinter::connect);
        return operations;
    }

    private SimulatedPrinter in(State state) {
        return PrinterInState.of(state, clock);
    }

    private JobView job() {
        return Objects.requireNonNull(printer.view().job());
    }
}
