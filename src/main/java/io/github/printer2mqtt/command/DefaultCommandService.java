package io.github.printer2mqtt.command;

import io.github.printer2mqtt.command.CommandException.Code;
import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.fleet.FleetView;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.monitor.MonitoringService;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.PrinterException.Delivery;
import io.github.printer2mqtt.net.http.Exchange;
import io.vertx.core.Future;
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
 * Checks a command against what the printer can do and what it is doing, has its session execute it once, and has the
 * printer polled soon afterwards. Safe for every thread.
 */
public final class DefaultCommandService implements CommandService {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MOST_AT_ONCE = 4;

    /** Kept free for an emergency stop, which must not wait behind commands that wait themselves. */
    private static final int FOR_EMERGENCIES = 4;

    private final FleetView fleet;
    private final Function<String, Set<Capability>> capabilities;
    private final MonitoringService polling;
    private final Duration limit;
    private final Map<PrinterId, Integer> underWay = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    /** @param capabilities by the id of a driver; empty for an unknown one */
    public DefaultCommandService(
            FleetView fleet, Function<String, Set<Capability>> capabilities, MonitoringService polling) {
        this(fleet, capabilities, polling, LIMIT);
    }

    DefaultCommandService(
            FleetView fleet,
            Function<String, Set<Capability>> capabilities,
            MonitoringService polling,
            Duration limit) {
        this.fleet = fleet;
        this.capabilities = capabilities;
        this.polling = polling;
        this.limit = limit;
    }

    /** Refuses every command from now on; those under way go on. */
    public void stop() {
        stopped = true;
    }

    @Override
    public Future<Void> execute(PrinterId printer, Command command) {
        CommandException problem = objection(printer, command);
        if (problem != null) {
            return Future.failedFuture(problem);
        }
        int most = command instanceof Command.EmergencyStop ? MOST_AT_ONCE + FOR_EMERGENCIES : MOST_AT_ONCE;
        if (underWay.merge(printer, 1, Integer::sum) > most) {
            leave(printer);
            return Future.failedFuture(
                    new CommandException(Code.STATE_CONFLICT, most + " commands to " + printer + " are under way"));
        }
        Future<Void> answer = send(printer, command).onComplete((done, failure) -> leave(printer));
        return answer.timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                // Whatever came of it, the printer is looked at: it may have done it.
                .onComplete((done, failure) -> polling.pollEarly(printer))
                .recover(failure -> Future.failedFuture(told(printer, failure)));
    }

    private Future<Void> send(PrinterId printer, Command command) {
        try {
            return polling.execute(printer, command);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private void leave(PrinterId printer) {
        underWay.computeIfPresent(printer, (id, number) -> number == 1 ? null : number - 1);
    }

    private @Nullable CommandException objection(PrinterId printer, Command command) {
        if (stopped) {
            return new CommandException(Code.STOPPING, "the bridge is stopping");
        }
        StatusDocument document = fleet.snapshot().find(printer);
        if (document == null) {
            return unknown(printer);
        }
        Status status = document.status();
        String verb = command.capability().wireName();
        if (!capabilities.apply(status.driver()).contains(command.capability())) {
            return new CommandException(
                    Code.UNSUPPORTED, "the driver " + status.driver() + " of " + printer + " knows no " + verb);
        }
        if (!status.capabilities().contains(command.capability())) {
            return new CommandException(Code.UNSUPPORTED, "printer " + printer + " is not set up for " + verb);
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

    private static CommandException unknown(PrinterId printer) {
        return new CommandException(Code.PRINTER_NOT_FOUND, "there is no printer " + printer);
    }

    private Throwable told(PrinterId printer, Throwable failure) {
        if (failure instanceof CommandRefusedException refused) {
            Code code = switch (refused.why()) {
                case STATE -> Code.STATE_CONFLICT;
                case UNSUPPORTED -> Code.UNSUPPORTED;
                case OTHER -> Code.REFUSED_BY_PRINTER;
            };
            return new CommandException(code, "printer " + printer + " refused: " + refused.getMessage());
        }
        if (failure instanceof PrinterException fault) {
            return told(printer, fault);
        }
        if (failure instanceof Exchange.AbortedException aborted) {
            String why = "its registration changed or the bridge stops";
            return aborted.delivery() == Delivery.NOT_SENT ? notSent(printer, why) : outcomeUnknown(printer, why);
        }
        if (failure instanceof TimeoutException) {
            return new CommandException(
                    Code.TIMEOUT,
                    "printer " + printer + " did not answer within " + limit.toSeconds()
                            + " s; it may still do it, and it is not asked again");
        }
        return failure instanceof NoSuchElementException ? unknown(printer) : failure;
    }

    private static CommandException told(PrinterId printer, PrinterException fault) {
        PollFailure miss = fault.failure();
        String why = miss.reason().wireName() + (miss.detail() == null ? "" : ": " + miss.detail());
        boolean notSent = fault.delivery() == Delivery.NOT_SENT;
        if (miss.reason() == FailureReason.TIMEOUT) {
            return new CommandException(
                    Code.TIMEOUT,
                    "printer " + printer
                            + (notSent
                                    ? " could not be connected to in time; the command was not sent"
                                    : " did not answer in time; it may still do it, and it is not asked again"));
        }
        return notSent ? notSent(printer, why) : answered(printer, miss.reason(), why);
    }

    /** Only the printer's own answer proves that it did not do it. */
    private static CommandException answered(PrinterId printer, FailureReason reason, String why) {
        return switch (reason) {
            case DISCONNECTED, DISABLED -> notSent(printer, why);
            case AUTH, BUSY ->
                new CommandException(Code.REFUSED_BY_PRINTER, "printer " + printer + " refused (" + why + ")");
            case REDIRECTED ->
                new CommandException(
                        Code.REFUSED_BY_PRINTER, "printer " + printer + " sent us elsewhere (" + why + ")");
            case TIMEOUT, REFUSED, UNREACHABLE, DNS, TLS, UNREADABLE, TOO_LARGE -> outcomeUnknown(printer, why);
        };
    }

    private static CommandException notSent(PrinterId printer, String why) {
        return new CommandException(Code.PRINTER_OFFLINE, "printer " + printer + " could not be asked (" + why + ")");
    }

    private static CommandException outcomeUnknown(PrinterId printer, String why) {
        return new CommandException(
                Code.OUTCOME_UNKNOWN,
                "the connection to printer " + printer + " ended without a readable answer (" + why
                        + "); it may have done it, and it is not asked again");
    }
}
