package io.github.printer2mqtt.bench;

import io.github.printer2mqtt.bench.process.ProcessStats;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;

/** Measures a poller for some time: the farm reports what arrived, the system its cost. */
record MeasurementWindow(MeasuredFarm farm, ProcessStats process, Duration interval) {
    /**
     * The result of a window.
     *
     * @param farm figures of the farm
     * @param processor CPU time of the poller
     */
    record Result(JsonObject farm, Duration processor, Duration interval) {
        private double seconds() {
            return farm.getDouble("seconds");
        }

        double cpuPercent() {
            return 100 * processor.toNanos() / 1e9 / seconds();
        }

        /** CPU time per poll that reached a printer, answered or not. */
        double microsAPoll() {
            return processor.toNanos() / 1e3 / Math.max(1, farm.getLong("polls"));
        }

        /** Answered polls of healthy printers divided by polls due. */
        double cover() {
            double due = farm.getInteger("healthy") * seconds() * 1_000 / interval.toMillis();
            return farm.getLong("answered") / due;
        }

        /** Staleness of the healthy printers in milliseconds. */
        double staleness(String figure) {
            return farm.getJsonObject("staleness_ms").getDouble(figure);
        }
    }

    Result measure(Duration length) throws IOException, InterruptedException {
        farm.begin();
        Duration before = process.schedulerTime();
        Thread.sleep(length.toMillis());
        return new Result(farm.end(), process.schedulerTime().minus(before), interval);
    }

    /** Measures from the start of the process, which is the start of the farm's window, until it has reached this age. */
    Result untilNow(long begin, Duration length) throws IOException, InterruptedException {
        long left = (begin + length.toNanos() - System.nanoTime()) / 1_000_000;
        if (left > 0) {
            Thread.sleep(left);
        }
        return new Result(farm.end(), process.schedulerTime(), interval);
    }
}
