package io.github.printer2mqtt.picture;

import io.github.printer2mqtt.fleet.FleetListener;
import io.github.printer2mqtt.fleet.FleetView;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.monitor.PictureFinder;
import io.github.printer2mqtt.net.http.PrinterNetwork;
import io.github.printer2mqtt.picture.PictureException.Code;
import io.github.printer2mqtt.vertx.ContextExecutor;
import io.github.printer2mqtt.vertx.LoopTimers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The pictures of the fleet, on an event loop of its own. There are none before the start. */
public final class PictureVerticle extends VerticleBase implements PictureService, FleetListener {
    private static final long MIN_KEPT = 4L << 20;
    private static final long MAX_KEPT = 32L << 20;

    private final FleetView fleet;
    private final PictureFinder finder;
    private final PrinterNetwork network;
    private final List<String> otherHosts;
    private volatile @Nullable Running running;

    private record Running(ContextExecutor loop, Thumbnails thumbnails, Snapshots snapshots) {}

    /** @param otherHosts from which pictures may be fetched too, besides each printer's own */
    public PictureVerticle(FleetView fleet, PictureFinder finder, PrinterNetwork network, List<String> otherHosts) {
        this.fleet = fleet;
        this.finder = finder;
        this.network = network;
        this.otherHosts = otherHosts;
    }

    @Override
    public Future<?> start() {
        LoopTimers timers = LoopTimers.ofCurrent(vertx);
        PictureFetcher fetcher = new PictureFetcher(
                finder,
                network,
                timers,
                otherHosts.stream().map(PictureUrl::normalized).collect(Collectors.toUnmodifiableSet()));
        Thumbnails thumbnails =
                new Thumbnails(fetcher, timers, keptBytes(Runtime.getRuntime().maxMemory()));
        running = new Running(new ContextExecutor(context), thumbnails, new Snapshots(fetcher, timers));
        fleet.addListener(this);
        return Future.succeededFuture();
    }

    /** A sixteenth of the heap. */
    static long keptBytes(long heap) {
        return Math.max(MIN_KEPT, Math.min(MAX_KEPT, heap / 16));
    }

    @Override
    public Future<Picture> thumbnail(PrinterId printer) {
        return call(printer, (now, status) -> {
            Status.CurrentJob job = status.job();
            return job == null
                    ? Future.failedFuture(PictureException.none("the printer prints nothing"))
                    : now.thumbnails().of(printer, job.job(), status.online());
        });
    }

    @Override
    public Future<Picture> snapshot(PrinterId printer) {
        return call(
                printer,
                (now, status) -> status.online()
                        ? now.snapshots().of(printer)
                        : Future.failedFuture(new PictureException(
                                Code.PRINTER_OFFLINE, "the printer is offline, it was not asked")));
    }

    private Future<Picture> call(PrinterId printer, BiFunction<Running, Status, Future<Picture>> work) {
        Running now = running;
        StatusDocument document = fleet.snapshot().find(printer);
        return now == null || document == null
                ? Future.failedFuture(PictureException.none("the printer is not known yet"))
                : now.loop().call(() -> work.apply(now, document.status()));
    }

    @Override
    public void onChange(Status.Change change) {
        Status.CurrentJob before =
                change.before() == null ? null : change.before().job();
        Status.CurrentJob after = change.after().job();
        if (before != null && (after == null || !before.job().continuesAs(after.job()))) {
            forget(change.after().id());
        }
    }

    /** Also where the same file is printed again. */
    @Override
    public void onEvent(PrinterEvent event) {
        if (event.type() == PrinterEvent.Type.PRINT_STARTED) {
            forget(event.printer());
        }
    }

    @Override
    public void onRemoved(PrinterId printer) {
        forget(printer);
    }

    private void forget(PrinterId printer) {
        Running now = running;
        if (now != null) {
            now.loop().execute(() -> now.thumbnails().forget(printer));
        }
    }
}
