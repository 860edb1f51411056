package io.github.printer2mqtt.driver.bambu;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.LanSource;
import io.github.printer2mqtt.driver.PrinterSession;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.TelemetryField;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.vertx.core.Future;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bambu Lab printers in LAN mode; see the package comment. */
public final class BambuDriver implements Driver {
    static final Set<Capability> CAPABILITIES = Collections.unmodifiableSet(EnumSet.of(
            Capability.PAUSE,
            Capability.RESUME,
            Capability.CANCEL,
            Capability.NOZZLE_TEMPERATURE,
            Capability.BED_TEMPERATURE,
            Capability.HOME,
            Capability.LIGHT,
            Capability.SPEED));

    private static final int PORT = 8883;
    private static final Set<FailureReason> OTHER_SERVER = EnumSet.of(FailureReason.TLS, FailureReason.UNREADABLE);
    private static final Pattern ISSUER = Pattern.compile("CN=BBL [^,]*");
    private static final Pattern SUBJECT = Pattern.compile("CN=([0-9A-Za-z]{6,32})(?:,.*)?");

    private final LongSupplier nanos;
    private final List<X509Certificate> authorities;
    private final Duration replyLimit;
    private final int port;

    public BambuDriver() {
        this(System::nanoTime, BambuAuthorities.all(), BambuReplies.LIMIT, PORT);
    }

    /**
     * For tests, whose printers have certificates of another authority.
     *
     * @param replyLimit for the reply to a command
     * @param port of the printers
     */
    BambuDriver(LongSupplier nanos, List<X509Certificate> authorities, Duration replyLimit, int port) {
        this.port = port;
        this.replyLimit = replyLimit;
        this.nanos = nanos;
        this.authorities = List.copyOf(authorities);
    }

    @Override
    public String id() {
        return "bambu";
    }

    @Override
    public int defaultPort() {
        return PORT;
    }

    /** None that another driver could answer at. */
    @Override
    public Set<Integer> candidatePorts() {
        return Set.of();
    }

    @Override
    public Set<Capability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public Set<TelemetryField> telemetry() {
        return EnumSet.complementOf(EnumSet.of(TelemetryField.THUMBNAIL, TelemetryField.SNAPSHOT));
    }

    @Override
    public String credentialsHelp() {
        return "the username is the serial number and the password is the access code, both on the printer's screen under"
                + " Settings; the code changes when LAN mode is switched";
    }

    /** The certificate is signed for it by the manufacturer, or registered as {@code tls.fingerprint}; the access code follows. */
    @Override
    public boolean provesSerialNumber() {
        return true;
    }

    @Override
    public List<LanSource> lanSources() {
        return List.of(BambuAnnouncement.source());
    }

    /** Reads the certificate only, and only where it must be: every login counts towards the few clients that a printer allows. */
    @Override
    public Future<ProbeResult> probe(PrinterHttp http, Duration limit) {
        return http.port() == port
                ? http.certificate(limit).map(BambuDriver::recognised).recover(BambuDriver::otherServer)
                : Future.succeededFuture(ProbeResult.noMatch("printers of Bambu Lab listen on port " + port));
    }

    private static Future<ProbeResult> otherServer(Throwable failure) {
        boolean isOther = failure instanceof PrinterException exception
                && OTHER_SERVER.contains(exception.failure().reason());
        return isOther
                ? Future.succeededFuture(ProbeResult.noMatch("the server does not encrypt as a Bambu Lab printer does"))
                : Future.failedFuture(failure);
    }

    private static ProbeResult recognised(X509Certificate certificate) {
        String subject = certificate.getSubjectX500Principal().getName();
        Matcher serial = SUBJECT.matcher(subject);
        boolean isSigned =
                ISSUER.matcher(certificate.getIssuerX500Principal().getName()).find();
        return isSigned && serial.matches()
                ? ProbeResult.match(
                        "Bambu Lab printer with the serial number " + serial.group(1),
                        new Identity(null, serial.group(1)))
                : ProbeResult.noMatch("the certificate is not one of Bambu Lab");
    }

    @Override
    public PrinterSession open(Printer printer, Credentials credentials, PrinterHttp http, Duration timeout) {
        return new BambuSession(BambuSession.login(credentials, authorities), http, timeout, replyLimit, nanos);
    }
}
