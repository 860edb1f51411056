package io.github.printer2mqtt.http;

import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.monitor.MonitoringService;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Monitoring whose polls run {@link #poll}; every printer has the same two poll records. */
final class InMemoryMonitoring implements MonitoringService {
    volatile Supplier<Future<Void>> poll = Future::succeededFuture;
    final List<PrinterId> polled = new CopyOnWriteArrayList<>();

    @Override
    public void handOnMessages(MessageReceiver receiver) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> pollAll() {
        return poll.get();
    }

    @Override
    public Future<Void> pollNow(PrinterId printer) {
        polled.add(printer);
        return poll.get();
    }

    @Override
    public Future<MonitoringService.RecentPolls> recentPolls(PrinterId printer) {
        List<MonitoringService.PollRecord> polls = List.of(
                new MonitoringService.PollRecord(SmallFleet.NOW, 23, null),
                new MonitoringService.PollRecord(
                        SmallFleet.NOW.plusSeconds(2), 1000, new PollFailure(FailureReason.TIMEOUT, "no answer")));
        return Future.succeededFuture(new MonitoringService.RecentPolls(
                MonitoringService.Mode.POLL, "the web socket is refused (HTTP 404)", polls));
    }

    @Override
    public Future<Void> register(Printer printer) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> monitor(Printer printer, Credentials credentials) {
        return Future.failedFuture(new UnsupportedOperationException("the API does not start monitors"));
    }

    @Override
    public Future<Void> unregister(PrinterId printer) {
        return Future.failedFuture(new UnsupportedOperationException("the API does not start monitors"));
    }

    @Override
    public void pollEarly(PrinterId printer) {
        throw new UnsupportedOperationException("the API does not schedule polls");
    }

    @Override
    public Future<Void> execute(PrinterId printer, PrinterCommand command) {
        return Future.failedFuture(new UnsupportedOperationException("commands go through CommandService"));
    }
}
