package io.github.printer2mqtt.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.testing.ManualTimers;
import io.vertx.core.Future;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Polls while the event loop is late or busy. */
class MonitorLagTest {
    private final MonitorScenario scenario = new MonitorScenario();
    private final ManualTimers timers = scenario.timers;
    private final ScriptedSession session = scenario.session;
    private final PrinterMonitor monitor = scenario.monitor;

    @Test
    void timeoutsDuringLagMakeNoPrinterOffline() {
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofSeconds(15));
        session.always(this::timeOutOnALateLoop);
        int before = session.pollCount;
        for (int i = 0; i < 300 && session.pollCount - before < 4; i++) {
            timers.advance(Duration.ofMillis(100));
        }

        assertThat(session.pollCount - before).isEqualTo(4);
        assertThat(scenario.state()).isEqualTo(PrinterState.IDLE);
        assertThat(scenario.metricsRegistry.prometheusText())
                .asString()
                .contains("printer2mqtt_polls_inconclusive_total ");
        assertThat(monitor.recentPolls()
                        .polls()
                        .get(monitor.recentPolls().polls().size() - 1)
                        .failure())
                .isNotNull();

        session.always(ScriptedSession::idle);
        timers.advance(Duration.ofSeconds(15));
        assertThat(scenario.state()).isEqualTo(PrinterState.IDLE);
    }

    @Test
    void offlinePrinterIsDetectedDespitePermanentLag() {
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofSeconds(15));
        session.always(this::timeOutOnALateLoop);
        timers.advance(Duration.ofMinutes(2));

        assertThat(scenario.state()).isEqualTo(PrinterState.OFFLINE);
    }

    @Test
    void refusedConnectionCountsDespiteLag() {
        session.always(() -> {
            timers.addLag(Duration.ofSeconds(2));
            return Future.failedFuture(new PrinterException(FailureReason.REFUSED, null));
        });
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofSeconds(10));

        assertThat(scenario.state()).isEqualTo(PrinterState.OFFLINE);
    }

    @Test
    void loadSlowsPollsOfIdlePrintersOnly() {
        timers.loopLoad(0.3);
        monitor.start(Duration.ZERO);
        timers.advance(Duration.ofMinutes(10));
        assertThat(session.pollCount).isBetween(29, 32);

        session.always(ScriptedSession::printing);
        timers.advance(Duration.ofMinutes(1));
        int before = session.pollCount;
        timers.advance(Duration.ofMinutes(1));
        assertThat(session.pollCount - before).isBetween(29, 31);
    }

    private Future<Reading> timeOutOnALateLoop() {
        timers.addLag(Duration.ofMillis(600));
        return Future.failedFuture(new PrinterException(FailureReason.TIMEOUT, null));
    }
}
