package io.github.printer2mqtt.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;

/** Measures a poller for a while: the farm tells what arrived, the system what it cost. */
record MeasurementWindow(MeasuredFarm farm, ProcessStats process, Duration interval) {
    /**
     * What was found.
     *
     * @param farm its figures
     * @param processor time that the poller took
     */
    record Result(JsonObject farm, Duration processor, Duration interval) {
        private double seconds() {
            return farm.getDouble("seconds");
        }

        double cpuPercent() {
            return 100 * processor.toNanos() / 1e9 / seconds();
        }

        /** Processor time for each poll that reached a printer, be it answered or not. */
        double microsAPoll() {
            return processor.toNanos() / 1e3 / Math.max(1, farm.getLong("polls"));
        }

        /** Answered polls of healthy printers for each that was due. */
        double cover() {
            double due = farm.getInteger("healthy") * seconds() * 1_000 / interval.toMillis();
            return farm.getLong("answered") / due;
        }

        /** Of the healthy printers, in milliseconds. */
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

    /** From the start of the process, when the farm's window began too, until it is so old. */
    Result untilNow(long begin, Duration length) throws IOException, InterruptedException {
        long left = (begin + length.toNanos() - System.nanoTime()) / 1_000_000;
        if (left > 0) {
            Thread.sleep(left);
        }
        return new Result(farm.end(), process.schedulerTime(), interval);
    }
}
