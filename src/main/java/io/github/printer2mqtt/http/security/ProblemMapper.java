package io.github.printer2mqtt.http.security;

import io.github.printer2mqtt.access.AccessException;
import io.github.printer2mqtt.backup.BackupException;
import io.github.printer2mqtt.command.CommandException;
import io.github.printer2mqtt.history.HistoryService.HistoryException;
import io.github.printer2mqtt.http.message.Problem;
import io.github.printer2mqtt.picture.PictureException;
import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.text.QuotedText;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maps every failure to a problem response. Internal errors are logged here with their stack trace, and nowhere else. */
public final class ProblemMapper {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemMapper.class);
    private static final String RETRY_AFTER = "Retry-After";
    private static final String SENT_CODE = "problem";

    private ProblemMapper() {}

    /** The failure handler of the router. */
    public static void send(RoutingContext context) {
        send(context, of(context.failure(), context.statusCode()));
    }

    public static void send(RoutingContext context, Problem problem) {
        context.put(SENT_CODE, problem.code());
        send(context.request(), problem);
    }

    /** The code of the problem that a request was answered with; null if it was answered with none. */
    public static @Nullable String sentCode(RoutingContext context) {
        return context.get(SENT_CODE);
    }

    public static void send(HttpServerRequest request, Problem problem) {
        problem.toResponse().send(request);
    }

    /** Responds to an unreadable request and closes the connection. */
    public static void sendInvalidRequest(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        Problem problem;
        if (cause instanceof TooLongHttpLineException) {
            problem = ofStatus(414);
        } else if (cause instanceof TooLongHttpHeaderException) {
            problem = ofStatus(431);
        } else {
            problem = ofStatus(400);
        }
        RequestGuard.SecurityHeaders.put(request.response());
        send(request, problem.withHeader("Connection", "close"));
        request.connection().close();
    }

    /** @param status set by the router if it failed without a cause; otherwise ignored */
    static Problem of(@Nullable Throwable failure, int status) {
        if (failure instanceof Problem.HttpProblemException ours) {
            return ours.problem();
        }
        if (failure instanceof RegistrationException exception) {
            return of(exception);
        }
        if (failure instanceof CommandException exception) {
            return of(exception);
        }
        if (failure instanceof HistoryException) {
            return Problem.of(503, "history_unavailable", String.valueOf(failure.getMessage()))
                    .withHeader(RETRY_AFTER, "5");
        }
        if (failure instanceof AccessException exception) {
            return of(exception);
        }
        if (failure instanceof PictureException exception) {
            return of(exception);
        }
        if (failure instanceof BackupException exception) {
            return of(exception);
        }
        if (failure instanceof TimeoutException) {
            return Problem.of(504, "timeout", "no response within the time limit");
        }
        if (failure instanceof HttpException routed) {
            return ofStatus(routed.getStatusCode());
        }
        if (status >= 400 && status < 500) {
            return ofStatus(status);
        }
        LOG.error("request failed with an internal error", failure);
        return Problem.of(500, "internal_error", "internal error of the bridge; see its log");
    }

    public static Problem printerNotFound(String id) {
        return Problem.of(404, "printer_not_found", "no printer has the id " + QuotedText.of(id));
    }

    public static Problem starting() {
        return Problem.of(503, "starting", "registered printers are still being loaded; try again in a second")
                .withHeader(RETRY_AFTER, "1");
    }

    static Problem of(AccessException exception) {
        int status = switch (exception.code()) {
            case LOGIN_FAILED, SETUP_CODE_WRONG -> 401;
            case USER_NOT_FOUND, TOKEN_NOT_FOUND -> 404;
            case SETUP_DONE, DUPLICATE_USER, LAST_ADMINISTRATOR -> 409;
            case INVALID_FIELD, WRONG_PASSWORD -> 422;
            case TOO_MANY_ATTEMPTS -> 429;
            case BUSY, NOT_STORED, STARTING -> 503;
        };
        String code = exception.code().wireName();
        String detail = detail(exception, code);
        Problem problem = exception.field() == null
                ? Problem.of(status, code, detail)
                : Problem.ofField(status, code, exception.field(), detail);
        if (exception.retryAfter() != null) {
            return problem.withHeader(
                    RETRY_AFTER, Long.toString(exception.retryAfter().toSeconds()));
        }
        return status == 503 ? problem.withHeader(RETRY_AFTER, "5") : problem;
    }

    private static Problem of(BackupException exception) {
        int status = switch (exception.code()) {
            case BACKUP_NOT_FOUND -> 404;
            case BACKUP_RUNNING, RESTORE_REFUSED -> 409;
            case BACKUP_UNSUPPORTED -> 501;
            case BACKUP_FAILED -> 503;
        };
        return Problem.of(status, exception.code().wireName(), String.valueOf(exception.getMessage()));
    }

    private static Problem of(RegistrationException exception) {
        int status = switch (exception.code()) {
            case PRINTER_NOT_FOUND -> 404;
            case DUPLICATE_ID, DUPLICATE_ADDRESS -> 409;
            case INVALID_FIELD, ADDRESS_REFUSED, DRIVER_NOT_DETECTED -> 422;
            case BUSY, NOT_STORED -> 503;
        };
        String code = exception.code().wireName();
        String detail = detail(exception, code);
        Problem problem = exception.field() == null
                ? Problem.of(status, code, detail)
                : Problem.ofField(status, code, exception.field(), detail);
        List<RegistrationException> all = exception.all();
        if (all.size() > 1) {
            problem = problem.withErrors(all.stream()
                    .map(one -> new Problem.FieldError(one.field(), detail(one, code)))
                    .toList());
        }
        return status == 503 ? problem.withHeader(RETRY_AFTER, "5") : problem;
    }

    private static Problem of(CommandException exception) {
        int status = switch (exception.code()) {
            case PRINTER_NOT_FOUND -> 404;
            case UNSUPPORTED -> 501;
            case STATE_CONFLICT, PRINTER_OFFLINE -> 409;
            case REFUSED_BY_PRINTER -> 502;
            case TIMEOUT, OUTCOME_UNKNOWN -> 504;
            case NO_OWNER, STOPPING -> 503;
        };
        String code = exception.code().wireName();
        Problem problem = Problem.of(status, code, detail(exception, code));
        return status == 503 ? problem.withHeader(RETRY_AFTER, "5") : problem;
    }

    private static Problem of(PictureException exception) {
        int status = switch (exception.code()) {
            case NO_PICTURE -> 404;
            case PRINTER_OFFLINE, PICTURE_REFUSED -> 409;
            case PICTURE_FAILED -> 502;
            case BUSY -> 503;
            case TIMEOUT -> 504;
        };
        String code = exception.code().wireName();
        Problem problem = Problem.of(status, code, detail(exception, code));
        return status == 503 ? problem.withHeader(RETRY_AFTER, "2") : problem;
    }

    private static String detail(RuntimeException exception, String code) {
        String message = exception.getMessage();
        return message == null ? code : message;
    }

    private static Problem ofStatus(int status) {
        return switch (status) {
            case 404 -> Problem.of(404, "not_found", "no such path");
            case 414 ->
                Problem.of(
                        414,
                        "uri_too_long",
                        "expected a request line of at most " + ClientLimits.MAX_REQUEST_LINE + " bytes");
            case 431 ->
                Problem.of(
                        431, "headers_too_large", "expected headers of at most " + ClientLimits.MAX_HEADERS + " bytes");
            default ->
                status > 400 && status < 500
                        ? Problem.of(status, "http_" + status, "the request cannot be served")
                        : Problem.of(400, "bad_request", "expected a valid HTTP/1.1 request");
        };
    }
}
