package io.github.printer2mqtt.driver.duet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.testing.CannedResponse;
import io.github.printer2mqtt.testing.DriverFixture;
import io.github.printer2mqtt.testing.DriverFixture.Session;
import io.github.printer2mqtt.text.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which requests a standalone board gets, over several polls. */
class DuetSessionTest {
    private static final String PAGE = "<html><body>Not authorized</body></html>";

    @RegisterExtension
    private final DriverFixture fixture = new DriverFixture();

    private final DuetAnswers board = new DuetAnswers(fixture.printer());
    private final AtomicLong nanos = new AtomicLong();
    private final Session session =
            fixture.open(new DuetDriver(nanos::get), new Credentials(null, null, Secret.of("secret")));

    @Test
    void readsTheWholeModelOnceAndThenOnlyLiveValues() {
        session.poll();
        assertThat(newLines())
                .containsExactly(
                        DuetAnswers.LOGIN,
                        DuetAnswers.LIVE,
                        DuetAnswers.keyPath("job"),
                        DuetAnswers.keyPath("heat"),
                        DuetAnswers.keyPath("tools"),
                        DuetAnswers.keyPath("state"),
                        DuetAnswers.keyPath("boards"));

        Reading second = session.poll();
        assertThat(newLines()).containsExactly(DuetAnswers.LIVE);
        assertThat(second.model()).isEqualTo("Duet 3 MB6HC");
        assertThat(fixture.printer().requests())
                .filteredOn(request -> !request.line().equals(DuetAnswers.LOGIN))
                .allSatisfy(
                        request -> assertThat(request.header("X-Session-Key")).isEqualTo("1"));
    }

    @Test
    void readsAgainWhatHasChanged() {
        session.poll();
        board.start();
        newLines();

        Reading printing = session.poll();

        assertThat(newLines()).containsExactly(DuetAnswers.LIVE, DuetAnswers.keyPath("job"));
        assertThat(Objects.requireNonNull(printing.job()).file()).isEqualTo("clip.gcode");
    }

    @Test
    void logsInFirstIfTheSessionHasExpired() {
        session.poll();
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        board.login("2");
        newLines();

        session.poll();

        assertThat(newLines()).containsExactly(DuetAnswers.LOGIN, DuetAnswers.LIVE);
        assertThat(lastRequestHeader()).isEqualTo("2");
    }

    @Test
    void logsInOnceIfTheBoardHasForgottenTheSession() {
        session.poll();
        newLines();
        String live = "{\"result\":{\"state\":{\"status\":\"idle\",\"upTime\":101}}}";
        fixture.printer()
                .answer(DuetAnswers.LIVE, CannedResponse.of(401, "text/html", PAGE), CannedResponse.json(200, live));

        assertThat(session.poll().state()).isEqualTo(PrinterState.IDLE);
        assertThat(newLines()).startsWith(DuetAnswers.LIVE, DuetAnswers.LOGIN, DuetAnswers.LIVE);

        fixture.printer().answer(DuetAnswers.LIVE, CannedResponse.of(401, "text/html", PAGE));
        assertThat(session.failure().reason()).isEqualTo(FailureReason.AUTH);
        assertThat(newLines()).containsExactly(DuetAnswers.LIVE, DuetAnswers.LOGIN, DuetAnswers.LIVE);
    }

    @Test
    void readsTheReplyIfNoBufferIsFree() {
        session.poll();
        newLines();
        fixture.printer().answer(DuetAnswers.LIVE, CannedResponse.empty(503));

        assertThat(session.failure().reason()).isEqualTo(FailureReason.BUSY);
        assertThat(newLines()).containsExactly(DuetAnswers.LIVE, DuetAnswers.REPLY, DuetAnswers.LIVE);
    }

    @Test
    void readsEveryReplyAndShowsItsErrorWhileThereIsAFault() {
        session.poll();
        board.start();
        board.reply("Error: Heater 1 fault: temperature excursion too large\n");
        board.nozzleState("fault");
        newLines();

        Reading faulty = session.poll();

        assertThat(newLines()).contains(DuetAnswers.REPLY);
        assertThat(faulty.state()).isEqualTo(PrinterState.ERROR);
        assertThat(faulty.message()).isEqualTo("Heater 1 fault: temperature excursion too large");
        assertThat(session.poll().message()).isEqualTo(faulty.message());
        board.idle(null);
        assertThat(session.poll().message()).isNull();
        board.live("halted", "off", 0, "null");
        assertThat(session.poll().message()).startsWith("The board is halted");
    }

    @Test
    void readsEverythingAgainAfterARestart() {
        session.poll();
        board.restart();
        board.idle(null);
        newLines();

        session.poll();

        assertThat(newLines()).hasSize(6).startsWith(DuetAnswers.LIVE, DuetAnswers.keyPath("job"));
    }

    @Test
    void readsLongArraysInParts() {
        fixture.printer()
                .answer(
                        DuetAnswers.keyPath("tools"),
                        CannedResponse.json(200, "{\"result\":[{\"heaters\":[1]}],\"next\":1}"))
                .answer(
                        DuetAnswers.keyPath("tools") + "a1",
                        CannedResponse.json(200, "{\"result\":[{\"heaters\":[0]}],\"next\":0}"));

        assertThat(session.poll().temperatures().nozzles()).hasSize(2);
    }

    @Test
    void endlessArrayIsCut() {
        fixture.printer().answer(DuetAnswers.keyPath("tools"), CannedResponse.json(200, "{\"result\":[],\"next\":1}"));

        assertThat(session.poll().temperatures().nozzles()).isEmpty();
    }

    @Test
    void hugeReplyFailsNoReadingAndIsRequestedOnce() {
        session.poll();
        board.start();
        board.reply("x".repeat(2 << 20));
        board.job("processing", 20);
        newLines();

        assertThat(session.poll().state()).isEqualTo(PrinterState.PRINTING);
        assertThat(session.poll().state()).isEqualTo(PrinterState.PRINTING);
        assertThat(newLines()).containsOnlyOnce(DuetAnswers.REPLY);
    }

    @Test
    void modelWithTooManyValuesIsRefused() {
        fixture.printer()
                .answer(
                        DuetAnswers.LIVE,
                        CannedResponse.json(
                                200, "{\"result\":{\"heat\":{\"heaters\":[0" + ",0".repeat(20_000) + "]}}}"));

        assertThat(session.failure().reason()).isEqualTo(FailureReason.TOO_LARGE);
    }

    @Test
    void learnsAboutAnotherServerAfterAnAnswerThatFollowsNoProtocol() {
        session.poll();
        fixture.printer()
                .answer(DuetAnswers.LOGIN, CannedResponse.json(200, "{\"err\":0,\"apiLevel\":1,\"isEmulated\":true}"))
                .answer(DuetAnswers.LIVE, CannedResponse.html(404))
                .answer("GET /machine/connect?password=secret", CannedResponse.json(200, "{\"sessionKey\":\"abc\"}"))
                .answer("GET /machine/status", CannedResponse.json(200, "{\"state\":{\"status\":\"idle\"}}"));

        assertThat(session.failure().reason()).isEqualTo(FailureReason.UNREADABLE);
        assertThat(session.poll().state()).isEqualTo(PrinterState.IDLE);
        assertThat(lastRequestHeader()).isEqualTo("abc");
    }

    private int seen;

    /** The requests since the last call. */
    private List<String> newLines() {
        List<String> all = fixture.printer().lines();
        List<String> fresh = all.subList(seen, all.size());
        seen = all.size();
        return fresh;
    }

    private String lastRequestHeader() {
        return String.valueOf(fixture.printer()
                .requests()
                .get(fixture.printer().requests().size() - 1)
                .header("X-Session-Key"));
    }
}
