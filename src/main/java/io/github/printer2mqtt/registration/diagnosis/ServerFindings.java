package io.github.printer2mqtt.registration.diagnosis;

import static io.github.printer2mqtt.registration.diagnosis.DiagnosisStage.SERVER;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.HttpStatusFailure;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import org.jspecify.annotations.Nullable;

/** What the answer of a server means that its driver does not recognise. Pure. */
final class ServerFindings {
    private static final String BYPASS =
            "let the bridge through that proxy, or register the address of the printer's own software behind it";

    private ServerFindings() {}

    /**
     * What is known about a server.
     *
     * @param expected the driver that does not recognise it; null if none does
     * @param answer to the probe; null if there was none
     * @param failure of the poll, or of the probe where no poll was possible; null if there was neither
     * @param other another driver that recognises it; null if none does
     * @param otherEvidence by which the other driver recognises it; null if none does
     * @param page that it shows at its address; null if it shows none
     */
    record Unrecognised(
            @Nullable Driver expected,
            @Nullable String answer,
            @Nullable PollFailure failure,
            @Nullable Driver other,
            @Nullable String otherEvidence,
            @Nullable WebPage page) {}

    /** The server sent no answer at all, or could no longer be connected to. */
    static Finding noResponse(PollFailure failure, long millis, @Nullable Driver driver) {
        if (failure.reason() == FailureReason.TIMEOUT) {
            return Finding.failed(
                    SERVER,
                    "the server accepts connections, but sent no complete answer within " + millis + " ms",
                    "restart the printer's software or its network module; check that the port is right"
                            + ConnectionFindings.usualPorts(driver));
        }
        return Finding.failed(
                SERVER,
                "the connection failed: "
                        + (failure.detail() == null ? failure.reason().wireName() : failure.detail()),
                "try again; if it fails each time, restart the printer's software");
    }

    static Finding recognised(Driver driver, @Nullable String evidence) {
        return Finding.passed(SERVER, evidence == null ? "a server answers like " + driver.id() : evidence);
    }

    static Finding unrecognised(Unrecognised server) {
        Driver expected = server.expected();
        Driver other = server.other();
        if (other != null && expected != null) {
            return Finding.failed(
                    SERVER,
                    "found " + server.otherEvidence() + "; expected " + expected.id(),
                    "set the driver to " + other.id() + ", or register the address of " + expected.id()
                            + ConnectionFindings.usualPorts(expected));
        }
        PollFailure failure = server.failure();
        if (failure != null && failure.reason() == FailureReason.REDIRECTED) {
            return Finding.failed(
                    SERVER,
                    found(server),
                    "open the address in a browser: register the address that it leads to, or, if that is the login page of"
                            + " a proxy, " + BYPASS);
        }
        if (failure != null && HttpStatusFailure.isByIntermediary(failure)) {
            return Finding.failed(SERVER, found(server), BYPASS);
        }
        if (failure != null && failure.reason() == FailureReason.DISCONNECTED) {
            return Finding.failed(
                    SERVER,
                    found(server),
                    "start the printer's software on that machine; if a proxy answers here, check where it forwards to, or"
                            + " register the address of the printer's own software");
        }
        if (failure != null && failure.reason() == FailureReason.BUSY) {
            return Finding.failed(
                    SERVER, found(server), "wait, and let fewer programs ask this server; then try again");
        }
        return page(server);
    }

    private static Finding page(Unrecognised server) {
        WebPage page = server.page();
        if (page == null) {
            return Finding.failed(
                    SERVER,
                    found(server),
                    "check address and port" + ConnectionFindings.usualPorts(server.expected())
                            + "; if they are right, restart the printer's software");
        }
        String found = page.description() + " answers, not "
                + (server.expected() == null
                        ? "a supported printer"
                        : server.expected().id());
        return switch (page.kind()) {
            case KLIPPER_PAGE ->
                Finding.failed(
                        SERVER,
                        found,
                        "register the address of Moonraker instead of its web page, usually port 7125 of the machine on"
                                + " which Klipper runs");
            case LOGIN -> Finding.failed(SERVER, found, BYPASS);
            case OTHER ->
                Finding.failed(
                        SERVER,
                        found,
                        "open the address in a browser and check that it is the printer's, with the right port"
                                + ConnectionFindings.usualPorts(server.expected()));
        };
    }

    private static String found(Unrecognised server) {
        PollFailure failure = server.failure();
        if (failure != null) {
            return failure.detail() == null ? failure.reason().wireName() : firstClause(failure.detail());
        }
        return server.answer() == null ? "no supported printer answers" : server.answer();
    }

    /** Details of failures give their advice after a colon; the advice of a finding is more specific. */
    private static String firstClause(String detail) {
        int colon = detail.indexOf("): ");
        return colon < 0 ? detail : detail.substring(0, colon + 1);
    }
}
