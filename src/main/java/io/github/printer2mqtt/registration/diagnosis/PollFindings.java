package io.github.printer2mqtt.registration.diagnosis;

import static io.github.printer2mqtt.registration.diagnosis.DiagnosisStage.KEY;
import static io.github.printer2mqtt.registration.diagnosis.DiagnosisStage.PRINTER;
import static io.github.printer2mqtt.registration.diagnosis.DiagnosisStage.READING;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the poll of a server means that the driver recognises. Pure. */
final class PollFindings {
    /** Of {@code polling.timeout}. */
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(1);

    private PollFindings() {}

    static List<Finding> of(Reading reading, Printer printer, Credentials credentials, long millis) {
        return List.of(
                notRefused(credentials),
                connected(),
                new Finding(READING, true, text(reading), adviceAfterReading(printer, millis)));
    }

    private static String text(Reading reading) {
        String state = "the printer was read, its state is " + reading.state().wireName();
        return reading.model() == null ? state : state + " (" + reading.model() + ")";
    }

    private static @Nullable String adviceAfterReading(Printer printer, long millis) {
        if (!printer.enabled()) {
            return "the printer is disabled in its registration: enable it to see its state";
        }
        Duration timeout = Objects.requireNonNullElse(printer.polling().timeout(), USUAL_TIMEOUT);
        return millis <= timeout.toMillis()
                ? null
                : "the printer answered after " + millis + " ms, which is slow: if it is shown as offline now and then,"
                        + " raise polling.timeout";
    }

    /** In their order, up to the one that failed. */
    static List<Finding> of(PollFailure failure, Driver driver, Credentials credentials, long millis) {
        String found = failure.detail() == null ? failure.reason().wireName() : failure.detail();
        return switch (failure.reason()) {
            case AUTH ->
                List.of(Finding.failed(
                        KEY,
                        found,
                        (credentials.isEmpty() ? "enter the printer's credentials: " : "enter the credentials again: ")
                                + driver.credentialsHelp()));
            case DISCONNECTED ->
                List.of(
                        notRefused(credentials),
                        Finding.failed(
                                PRINTER,
                                found,
                                "switch the printer on, check its cable, and connect it on the web page of its software"));
            case BUSY ->
                List.of(
                        notRefused(credentials),
                        connected(),
                        Finding.failed(
                                READING, found, "wait, and let fewer programs ask this printer; then try again"));
            case TIMEOUT ->
                List.of(
                        notRefused(credentials),
                        Finding.failed(
                                READING,
                                "the server answers, but sent no complete status within " + millis + " ms",
                                "restart the printer's software; if it is only slow, raise polling.timeout"));
            default ->
                List.of(
                        notRefused(credentials),
                        Finding.failed(
                                READING, found, "update the printer's software; if that does not help, report this"));
        };
    }

    private static Finding notRefused(Credentials credentials) {
        return Finding.passed(
                KEY,
                credentials.isEmpty()
                        ? "no credentials are registered, and the server requires none"
                        : "the server does not refuse the credentials");
    }

    private static Finding connected() {
        return Finding.passed(PRINTER, "a printer is connected to the server");
    }
}
