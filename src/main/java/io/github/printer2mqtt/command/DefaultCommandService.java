package io.github.printer2mqtt.command;

import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.command.CommandException.Code;
import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.fleet.FleetState;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.model.Status.Plate;
import io.github.printer2mqtt.monitor.MonitoringService;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.PrinterException.Delivery;
import io.github.printer2mqtt.net.http.Exchange;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Checks a command against the capabilities and the state of the printer, sends it once through the printer's session, and
 * polls the printer early afterwards. Commands about the plate are executed by the fleet itself. Thread-safe.
 */
public final class DefaultCommandService implements CommandService {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MAX_IN_FLIGHT = 4;

    /** Reserved for emergency stops, which must not wait behind other commands. */
    private static final int EMERGENCY_RESERVE = 4;

    private final FleetState fleet;
    private final Function<String, Set<Capability>> capabilities;
    private final MonitoringService monitoring;
    private final Ownership ownership;
    private final Clock clock;
    private final Duration limit;
    private final Map<PrinterId, Integer> inFlight = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    /**
     * @param capabilities by the id of a driver; empty for an unknown one
     * @param ownership of all printers; after its loss every command is refused
     * @param clock for the time at which a plate is cleared
     */
    public DefaultCommandService(
            FleetState fleet,
            Function<String, Set<Capability>> capabilities,
            MonitoringService monitoring,
            Ownership ownership,
            Clock clock) {
        this(fleet, capabilities, monitoring, ownership, clock, LIMIT);
    }

    DefaultCommandService(
            FleetState fleet,
            Function<String, Set<Capability>> capabilities,
            MonitoringService monitoring,
            Ownership ownership,
            Clock clock,
            Duration limit) {
        this.fleet = fleet;
        this.capabilities = capabilities;
        this.monitoring = monitoring;
        this.ownership = ownership;
        this.clock = clock;
        this.limit = limit;
    }

    /** Rejects new commands; those in flight go on. */
    public void stop() {
        stopped = true;
    }

    @Override
    public Future<Void> execute(PrinterId printer, Command command) {
        return command instanceof PrinterCommand toPrinter ? executeAtPrinter(printer, toPrinter) : clearPlate(printer);
    }

    private Future<Void> executeAtPrinter(PrinterId printer, PrinterCommand command) {
        CommandException problem = check(printer, command);
        if (problem != null) {
            return Future.failedFuture(problem);
        }
        int limitInFlight =
                command.capability() == Capability.EMERGENCY_STOP ? MAX_IN_FLIGHT + EMERGENCY_RESERVE : MAX_IN_FLIGHT;
        if (inFlight.merge(printer, 1, Integer::sum) > limitInFlight) {
            release(printer);
            return Future.failedFuture(new CommandException(
                    Code.STATE_CONFLICT,
                    limitInFlight + " commands to printer " + printer + " are already running (limit " + limitInFlight
                            + ")"));
        }
        Future<Void> answer = send(printer, command).onComplete((done, failure) -> release(printer));
        return answer.timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                // Polled even after a failure, because the printer may have executed it.
                .onComplete((done, failure) -> monitoring.pollEarly(printer))
                .recover(failure -> Future.failedFuture(toCommandException(printer, failure)));
    }

    private Future<Void> send(PrinterId printer, PrinterCommand command) {
        try {
            return monitoring.execute(printer, command);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private void release(PrinterId printer) {
        inFlight.computeIfPresent(printer, (id, number) -> number == 1 ? null : number - 1);
    }

    private Future<Void> clearPlate(PrinterId printer) {
        CommandException problem = checkBridge(printer);
        if (problem != null) {
            return Future.failedFuture(problem);
        }
        Plate.State conflict;
        try {
            conflict = fleet.clearPlate(printer, clock.instant());
        } catch (NoSuchElementException e) {
            return Future.failedFuture(notFound(printer));
        }
        if (conflict == null) {
            return Future.succeededFuture();
        }
        String why = conflict == Plate.State.CLEAR ? "already clear" : "in use by a print";
        return Future.failedFuture(
                new CommandException(Code.STATE_CONFLICT, "the plate of printer " + printer + " is " + why));
    }

    private @Nullable CommandException check(PrinterId printer, PrinterCommand command) {
        CommandException refusal = checkBridge(printer);
        if (refusal != null) {
            return refusal;
        }
        StatusDocument document = fleet.snapshot().find(printer);
        if (document == null) {
            return notFound(printer);
        }
        Status status = document.status();
        String verb = command.capability().wireName();
        if (!capabilities.apply(status.driver()).contains(command.capability())) {
            return new CommandException(
                    Code.UNSUPPORTED,
                    "the driver " + status.driver() + " of printer " + printer + " does not support " + verb);
        }
        if (!status.capabilities().contains(command.capability())) {
            return new CommandException(
                    Code.UNSUPPORTED, "printer " + printer + " does not offer " + verb + "; check its setup");
        }
        if (!status.online()) {
            FailureReason reason = status.poll().reason();
            return new CommandException(
                    Code.PRINTER_OFFLINE,
                    "printer " + printer + " is " + status.state().wireName()
                            + (reason == null ? "" : " (" + reason.wireName() + ")"));
        }
        return AllowedStates.of(command).allows(status)
                ? null
                : new CommandException(
                        Code.STATE_CONFLICT,
                        "printer " + printer + " is " + status.state().wireName() + "; " + verb + " needs "
                                + AllowedStates.of(command).expectation());
    }

    /** Why this bridge executes no command at all; null if it does. */
    private @Nullable CommandException checkBridge(PrinterId printer) {
        if (stopped) {
            return new CommandException(Code.STOPPING, "the bridge is stopping");
        }
        return ownership.isHeld() ? null : noOwner(printer);
    }

    private static CommandException noOwner(PrinterId printer) {
        return new CommandException(
                Code.NO_OWNER, "no node acts for printer " + printer + " at the moment; the command was not sent");
    }

    private static CommandException notFound(PrinterId printer) {
        return new CommandException(Code.PRINTER_NOT_FOUND, "there is no printer " + printer);
    }

    private Throwable toCommandException(PrinterId printer, Throwable failure) {
        if (failure instanceof CommandRefusedException refused) {
            Code code = switch (refused.reason()) {
                case STATE -> Code.STATE_CONFLICT;
                case UNSUPPORTED -> Code.UNSUPPORTED;
                case OTHER -> Code.REFUSED_BY_PRINTER;
            };
            return new CommandException(code, "printer " + printer + " refused: " + refused.getMessage());
        }
        if (failure instanceof PrinterException fault) {
            return toCommandException(printer, fault);
        }
        if (failure instanceof Exchange.AbortedException aborted) {
            String why = "its registration changed or the bridge is stopping";
            return aborted.delivery() == Delivery.NOT_SENT ? notSent(printer, why) : outcomeUnknown(printer, why);
        }
        if (failure instanceof TimeoutException) {
            return new CommandException(
                    Code.TIMEOUT,
                    "printer " + printer + " did not answer within " + limit.toSeconds()
                            + " s; it may still execute the command, which is not repeated");
        }
        if (failure instanceof MonitoringService.NotHeldException) {
            return noOwner(printer);
        }
        return failure instanceof NoSuchElementException ? notFound(printer) : failure;
    }

    private static CommandException toCommandException(PrinterId printer, PrinterException fault) {
        PollFailure failure = fault.failure();
        String why = failure.reason().wireName() + (failure.detail() == null ? "" : ": " + failure.detail());
        boolean notSent = fault.delivery() == Delivery.NOT_SENT;
        if (failure.reason() == FailureReason.TIMEOUT) {
            return new CommandException(
                    Code.TIMEOUT,
                    "printer " + printer
                            + (notSent
                                    ? " could not be reached in time; the command was not sent"
                                    : " did not answer in time; it may still execute the command, which is not repeated"));
        }
        return notSent ? notSent(printer, why) : answered(printer, failure.reason(), why);
    }

    /** Only an answer of the printer itself proves that it did not execute the command. */
    private static CommandException answered(PrinterId printer, FailureReason reason, String why) {
        return switch (reason) {
            case DISCONNECTED, DISABLED, SITE_UNREACHABLE -> notSent(printer, why);
            case AUTH, BUSY ->
                new CommandException(Code.REFUSED_BY_PRINTER, "printer " + printer + " refused (" + why + ")");
            case REDIRECTED ->
                new CommandException(
                        Code.REFUSED_BY_PRINTER, "printer " + printer + " redirected the request (" + why + ")");
            case TIMEOUT, REFUSED, UNREACHABLE, DNS, TLS, UNREADABLE, TOO_LARGE -> outcomeUnknown(printer, why);
        };
    }

    private static CommandException notSent(PrinterId printer, String why) {
        return new CommandException(Code.PRINTER_OFFLINE, "printer " + printer + " could not be reached (" + why + ")");
    }

    private static CommandException outcomeUnknown(PrinterId printer, String why) {
        return new CommandException(
                Code.OUTCOME_UNKNOWN,
                "the connection to printer " + printer + " ended without a readable answer (" + why
                        + "); it may have executed the command, which is not repeated");
    }
}
