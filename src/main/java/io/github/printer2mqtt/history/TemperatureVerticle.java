package io.github.printer2mqtt.history;

import io.github.printer2mqtt.fleet.FleetView;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.vertx.ContextExecutor;
import io.github.printer2mqtt.vertx.LoopTimers;
import io.github.printer2mqtt.vertx.Timers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Samples the temperatures of the fleet from its snapshot, on an event loop of its own, so that polls do not pay for it.
 * {@link #temperatures} is thread-safe and has no samples before the start.
 */
public final class TemperatureVerticle extends VerticleBase implements TemperatureService {
    private final FleetView fleet;
    private final TemperatureRecorder recorder = new TemperatureRecorder();
    private volatile @Nullable ContextExecutor loop;
    private Timers.@Nullable Timer timer;

    public TemperatureVerticle(FleetView fleet) {
        this.fleet = fleet;
    }

    @Override
    public Future<?> start() {
        loop = new ContextExecutor(context);
        sampleRegularly(LoopTimers.ofCurrent(vertx));
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        if (timer != null) {
            timer.cancel();
        }
        return Future.succeededFuture();
    }

    @Override
    public Future<JsonObject> temperatures(PrinterId printer) {
        ContextExecutor executor = loop;
        return executor == null
                ? Future.succeededFuture(new TemperatureRecorder().document(printer))
                : executor.call(() -> Future.succeededFuture(recorder.document(printer)));
    }

    private void sampleRegularly(Timers timers) {
        timer = timers.after(TemperatureRecorder.INTERVAL, () -> {
            recorder.sample(fleet.snapshot().documents(), timers.now());
            sampleRegularly(timers);
        });
    }
}
