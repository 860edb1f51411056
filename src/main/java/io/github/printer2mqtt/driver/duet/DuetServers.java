package io.github.printer2mqtt.driver.duet;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.Exchange;
import io.github.printer2mqtt.net.http.PrinterRequest;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.Future;
import java.util.Map;
import java.util.function.LongSupplier;

/** Finds out which of the two servers responds at an address, and opens it. */
final class DuetServers {
    static final String CREDENTIALS_ADVICE = "the board refuses the password that M551 sets in config.g";

    private final Credentials credentials;
    private final LongSupplier nanos;

    DuetServers(Credentials credentials, LongSupplier nanos) {
        this.credentials = credentials;
        this.nanos = nanos;
    }

    static PrinterException wrongPassword() {
        return new PrinterException(FailureReason.AUTH, CREDENTIALS_ADVICE);
    }

    /** Logs in, which both servers accept in the form of the firmware. */
    Future<DuetServer> open(Exchange exchange) {
        return exchange.send(PrinterRequest.get(RrLogin.path(password()), Map.of()))
                .map(RrLogin::of)
                .map(login -> login.isEmulated()
                        ? new SbcServer(password(), hasPassword(), nanos)
                        : new StandaloneServer(password(), login, nanos));
    }

    private boolean hasPassword() {
        return credentials.password() != null || credentials.apiKey() != null;
    }

    private String password() {
        Secret given = credentials.password() == null ? credentials.apiKey() : credentials.password();
        return given == null ? RrLogin.DEFAULT_PASSWORD : given.reveal();
    }
}
