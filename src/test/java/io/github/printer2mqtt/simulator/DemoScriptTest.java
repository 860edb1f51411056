package io.github.printer2mqtt.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.DemoScript.Incident;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.testing.Await;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DemoScriptTest {
    private static final int AN_HOUR = 3_600;
    private static final List<String> FILES = List.of("a.gcode", "b.gcode");

    /** Runs eleven printers for a while; each line is one state change of one printer. */
    private static final class ScriptRun {
        private final ManualClock clock = new ManualClock();
        private final DemoScript script;
        private final List<SimulatedPrinter> printers = new ArrayList<>();
        private final List<List<State>> states = new ArrayList<>();
        private final List<String> scenario = new ArrayList<>();

        ScriptRun(long seed) {
            script = new DemoScript(seed, clock);
            for (int i = 0; i < 11; i++) {
                SimulatedPrinter printer = new SimulatedPrinter("Printer " + i, clock);
                printers.add(printer);
                states.add(new ArrayList<>(List.of(State.IDLE)));
                script.add(printer, FILES, i % 2 == 0 ? Incident.NONE : Incident.PAUSE);
            }
        }

        ScriptRun run(int seconds) {
            for (int second = 0; second < seconds; second++) {
                clock.moveSeconds(1);
                script.tick();
                for (int i = 0; i < printers.size(); i++) {
                    State now = printers.get(i).view().state();
                    List<State> seen = states.get(i);
                    if (seen.get(seen.size() - 1) != now) {
                        seen.add(now);
                        scenario.add(second + " " + i + " " + now);
                    }
                }
            }
            return this;
        }
    }

    @Test
    void sequenceDependsOnTheSeed() {
        List<String> scenario = new ScriptRun(7).run(1_200).scenario;
        assertThat(scenario).isNotEmpty().isEqualTo(new ScriptRun(7).run(1_200).scenario);
        assertThat(scenario).isNotEqualTo(new ScriptRun(8).run(1_200).scenario);
    }

    @Test
    void everyPrinterStartsAndEndsAPrintWithinAnHour() {
        for (long seed = 1; seed <= 20; seed++) {
            for (List<State> states : new ScriptRun(seed).run(AN_HOUR).states) {
                assertThat(states).as("seed " + seed).contains(State.HEATING, State.PRINTING, State.FINISHED);
            }
        }
    }

    @Test
    void everyStateOccursWithinAnHour() {
        Set<State> seen = EnumSet.noneOf(State.class);
        new ScriptRun(62).run(AN_HOUR).states.forEach(seen::addAll);
        assertThat(seen).isEqualTo(EnumSet.complementOf(EnumSet.of(State.DISCONNECTED)));
    }

    @Test
    void jobPausedByAUserStaysPausedUntilResumed() {
        ScriptRun run = new ScriptRun(3);
        SimulatedPrinter printer = run.printers.get(0);
        Await.until(
                "the first printer prints",
                () -> run.run(1).printers.get(0).view().state() == State.PRINTING);
        printer.pause();
        run.run(AN_HOUR);
        assertThat(printer.view().state()).isEqualTo(State.PAUSED);
        printer.resume();
        run.run(600);
        assertThat(run.states.get(0)).contains(State.FINISHED);
    }
}
