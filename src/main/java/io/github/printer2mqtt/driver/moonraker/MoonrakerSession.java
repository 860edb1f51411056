package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.ApiKeyHeaders;
import io.github.printer2mqtt.driver.CommandRefused;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.PolledSession;
import io.github.printer2mqtt.driver.ReadingDeadline;
import io.github.printer2mqtt.driver.StatusCode;
import io.github.printer2mqtt.net.Answer;
import io.github.printer2mqtt.net.Ask;
import io.github.printer2mqtt.net.PrinterFault;
import io.github.printer2mqtt.net.PrinterHttp;
import io.github.printer2mqtt.printer.Command;
import io.github.printer2mqtt.printer.Credentials;
import io.github.printer2mqtt.printer.Job;
import io.github.printer2mqtt.printer.MissReason;
import io.github.printer2mqtt.printer.Reading;
import io.vertx.core.Future;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One Moonraker. Everything here belongs to the event loop of its {@link PrinterHttp}. */
final class MoonrakerSession implements PolledSession {
    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(60);

    /** How long Klipper may look for its microcontroller before the printer counts as switched off. */
    private static final Duration STARTUP_LIMIT = Duration.ofSeconds(60);

    private static final int MOST_METADATA_REQUESTS = 3;

    /** Moonraker has no metadata until it has scanned a file, which takes its time for a large one. */
    private static final Duration METADATA_PAUSE = Duration.ofSeconds(10);

    private static final String QUERY = MoonrakerMapper.queryBody();

    private final Credentials credentials;
    private final PrinterHttp http;
    private final Duration timeout;
    private final LongSupplier nanos;

    private @Nullable Long startupSince;
    private @Nullable Job runningJob;
    private @Nullable String metadataFile;
    private FileMetadata metadata = FileMetadata.none();
    private int metadataRequestsLeft;
    private long nextMetadataRequest;

    MoonrakerSession(Credentials credentials, PrinterHttp http, Duration timeout, LongSupplier nanos) {
        this.credentials = credentials;
        this.http = http;
        this.timeout = timeout;
        this.nanos = nanos;
    }

    @Override
    public Future<Reading> poll() {
        ReadingDeadline deadline = ReadingDeadline.start(http, timeout, nanos);
        Ask query = Ask.queryJson("/printer/objects/query", ApiKeyHeaders.of(credentials), QUERY);
        return http.within(timeout, exchange -> exchange.send(query)).compose(answer -> {
            LenientJson status = status(answer);
            limitStartup(status);
            return knowFile(status, deadline).map(known -> MoonrakerMapper.reading(status, known));
        });
    }

    private LenientJson status(Answer answer) {
        if (StatusCode.isSuccess(answer)) {
            LenientJson status = LenientJson.of(answer.json()).at("result", "status");
            if (!status.isObject()) {
                throw new PrinterFault(MissReason.UNREADABLE, "the answer has no result.status");
            }
            return status;
        }
        startupSince = null;
        // Until it has seen Klippy once Moonraker does not know Klippy's endpoints: a 404 in Moonraker's own shape.
        boolean ownWords = LenientJson.ofBody(answer).at("error").isObject();
        throw ownWords && (answer.status() == 404 || answer.status() == 503)
                ? new PrinterFault(MissReason.DISCONNECTED, "Klipper is not connected to Moonraker")
                : StatusCode.fault(answer, credentialsAdvice());
    }

    private void limitStartup(LenientJson status) {
        if (!MoonrakerMapper.isStartup(status)) {
            startupSince = null;
            return;
        }
        long now = nanos.getAsLong();
        Long since = startupSince;
        if (since == null) {
            startupSince = now;
        } else if (now - since >= STARTUP_LIMIT.toNanos()) {
            throw new PrinterFault(
                    MissReason.DISCONNECTED, "Klipper finds no printer: it has been starting for more than a minute");
        }
    }

    /** What is known of the file; while it is printed, it is asked for a few times a job at most. */
    private Future<FileMetadata> knowFile(LenientJson status, ReadingDeadline deadline) {
        String file = status.text("print_stats", "filename");
        Job job = MoonrakerMapper.runningJob(status);
        Job before = runningJob;
        runningJob = job;
        if (job != null && (before == null || !before.continuesAs(job))) {
            metadata = FileMetadata.none();
            metadataFile = file;
            metadataRequestsLeft = MOST_METADATA_REQUESTS;
            nextMetadataRequest = nanos.getAsLong();
        }
        if (file == null || !file.equals(metadataFile)) {
            return Future.succeededFuture(FileMetadata.none());
        }
        boolean isTime = metadataRequestsLeft > 0 && nanos.getAsLong() - nextMetadataRequest >= 0;
        return job != null && isTime ? askForMetadata(file, deadline) : Future.succeededFuture(metadata);
    }

    private Future<FileMetadata> askForMetadata(String file, ReadingDeadline deadline) {
        metadataRequestsLeft--;
        nextMetadataRequest = nanos.getAsLong() + METADATA_PAUSE.toNanos();
        String path = "/server/files/metadata?filename="
                + URLEncoder.encode(file, StandardCharsets.UTF_8).replace("+", "%20");
        return deadline.ifTimeAllows(exchange -> exchange.send(Ask.get(path, ApiKeyHeaders.of(credentials)))
                        .map(this::metadata))
                .map(answer -> {
                    answer.ifPresent(found -> {
                        metadata = found;
                        metadataRequestsLeft = 0;
                    });
                    return metadata;
                });
    }

    private FileMetadata metadata(Answer answer) {
        if (answer.status() != 200) {
            throw StatusCode.fault(answer, credentialsAdvice());
        }
        return FileMetadata.of(LenientJson.of(answer.json()).at("result"));
    }

    /** By JSON-RPC, since its errors carry Klipper's text, which HTTP's often cannot. */
    @Override
    public Future<Void> execute(Command command) {
        Ask ask = Ask.postJson("/server/jsonrpc", ApiKeyHeaders.of(credentials), MoonrakerOrder.body(command));
        return http.onSecondConnection(COMMAND_LIMIT, exchange -> exchange.send(ask))
                .compose(this::checkCommand);
    }

    private Future<Void> checkCommand(Answer answer) {
        LenientJson body = LenientJson.ofBody(answer);
        LenientJson error = body.at("error");
        String words = error.text("message");
        if (!StatusCode.isSuccess(answer)) {
            return Future.failedFuture(StatusCode.refusal(answer, credentialsAdvice(), words));
        }
        if (error.isObject()) {
            return Future.failedFuture(refusal(error.integer("code"), words));
        }
        return body.text("result") == null && !body.at("result").isObject()
                ? Future.failedFuture(new PrinterFault(MissReason.UNREADABLE, "the answer has no result"))
                : Future.succeededFuture();
    }

    /** JSON-RPC's own codes for what HTTP has 404 and 401 for; else Moonraker puts the HTTP code there. */
    private RuntimeException refusal(@Nullable Integer code, @Nullable String words) {
        String message = words == null ? "Moonraker gives no reason" : words;
        return switch (code == null ? 0 : code) {
            case -32601, 404 -> new CommandRefused(CommandRefused.Cause.UNSUPPORTED, message);
            case -32602 ->
                "Unauthorized".equals(words)
                        ? new PrinterFault(MissReason.AUTH, credentialsAdvice())
                        : new CommandRefused(CommandRefused.Cause.OTHER, message);
            case 401, 403 -> new PrinterFault(MissReason.AUTH, credentialsAdvice());
            case 409 -> new CommandRefused(CommandRefused.Cause.STATE, message);
            case 503 -> new PrinterFault(MissReason.DISCONNECTED, "Klipper is not connected to Moonraker");
            default -> new CommandRefused(CommandRefused.Cause.OTHER, message);
        };
    }

    private String credentialsAdvice() {
        return credentials.apiKey() == null
                ? "Moonraker asks for an API key: add api_key to the credentials or this host to its trusted_clients"
                : "Moonraker refuses the API key: it is wrong";
    }

    @Override
    public void close() {
        http.close();
    }
}
