package io.github.printer2mqtt.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.fleet.PlateWorld.Protocol;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Status.Plate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A thousand prints with lost connections, restarts of the bridge, printers switched off and people who clear the plate, or
 * forget to: after each poll the plate is what an oracle that knows the truth expects.
 */
class PlateSimulationTest {
    private static final int PRINTS = 1_000;
    private static final int PRINTS_PER_PRINTER = 25;
    private static final long POLL_SECONDS = 20;
    private static final List<Protocol> PROTOCOLS = List.of(Protocol.values());

    private int prints;
    private int polls;
    private int ambiguous;
    private int restarts;
    private int outages;
    private int powerCuts;

    @Test
    void noPlateIsEverWrong() {
        long seed = Long.getLong("printer2mqtt.seed", new Random().nextLong());
        Random seeds = new Random(seed);
        while (prints < PRINTS) {
            long own = seeds.nextLong();
            new Farm(new Random(own), "seed " + seed + ", printer " + own).run();
        }
        assertThat(restarts).isGreaterThan(100);
        assertThat(outages).isGreaterThan(100);
        assertThat(powerCuts).isGreaterThan(50);
        assertThat(ambiguous)
                .as("polls after which two states are right, of %s", polls)
                .isLessThan(polls / 20);
    }

    /** One printer for some days. */
    private final class Farm {
        private final Random random;
        private final String name;
        private final PlateWorld world;
        private final PlateOracle oracle;
        private final Deque<String> log = new ArrayDeque<>();
        private FleetScenario bridge = FleetScenario.start();
        private boolean bridgeRuns = true;
        private boolean connected = true;
        private boolean sessionOpen;
        private int failures;
        private boolean sawRunning;

        Farm(Random random, String name) {
            this.random = random;
            this.name = name;
            Protocol protocol = PROTOCOLS.get(random.nextInt(PROTOCOLS.size()));
            this.world = new PlateWorld(protocol, random.nextInt(5) > 0, random);
            this.oracle = new PlateOracle(world);
        }

        void run() {
            while (world.prints() < PRINTS_PER_PRINTER) {
                world.advance(POLL_SECONDS);
                bridge.waits(Duration.ofSeconds(POLL_SECONDS - 2));
                somethingHappens();
                if (bridgeRuns) {
                    poll();
                    verify();
                } else {
                    bridge.waits(Duration.ofSeconds(2));
                }
            }
            prints += world.prints();
        }

        private void somethingHappens() {
            if (happensEvery(bridgeRuns ? 400 : 60)) {
                bridgeRuns = !bridgeRuns;
                if (bridgeRuns) {
                    restarts++;
                    bridge = bridge.restarted();
                    oracle.onRestart();
                    sessionOpen = false;
                    failures = 0;
                }
                note("the bridge " + (bridgeRuns ? "starts" : "stops"));
            }
            if (happensEvery(connected ? 200 : 40)) {
                connected = !connected;
                outages += connected ? 0 : 1;
                note(connected ? "connected" : "disconnected");
            }
            if (happensEvery(world.isPoweredOn() ? 800 : 90)) {
                powerCuts += world.isPoweredOn() ? 1 : 0;
                world.switchPower();
                note("power " + world.isPoweredOn());
            }
            if (world.running != null) {
                if (happensEvery(300)) {
                    world.pauseOrResume();
                }
                return;
            }
            if (world.onPlate != null && happensEvery(60)) {
                note("print " + world.onPlate.serial() + " is taken off");
                world.onPlate = null;
                if (random.nextInt(10) < 7) {
                    pressClear();
                }
            } else if (world.onPlate == null && happensEvery(80)) {
                pressClear();
            }
            if (happensEvery(150)) {
                world.dismissDisplay();
            }
            if (world.onPlate == null && world.isPoweredOn() && happensEvery(50)) {
                world.start();
                note("starts " + world.running);
            }
        }

        private void pressClear() {
            if (!bridgeRuns) {
                return;
            }
            Plate.State before = bridge.plate();
            Plate.State conflict = bridge.clearsPlate();
            boolean refused = before == Plate.State.IN_USE || before == Plate.State.CLEAR;
            assertThat(conflict).as(name).isEqualTo(refused ? before : null);
            if (!refused) {
                oracle.onCleared(bridge.now());
            }
            note("clear: " + conflict);
        }

        private void poll() {
            polls++;
            if (!connected || !world.isPoweredOn()) {
                failures++;
                bridge.reports(PollFailure.of(FailureReason.TIMEOUT));
                sessionOpen &= failures < 2;
                return;
            }
            boolean gap = !sessionOpen || failures > 0;
            Reading reading = world.reading(!sessionOpen, sessionOpen && sawRunning);
            boolean history = world.showsHistory(!sessionOpen, sessionOpen && sawRunning);
            bridge.reports(reading);
            note("shows " + reading.state() + " " + reading.job() + " " + reading.pastJob());
            oracle.onReading(bridge.now(), gap, history, showsStop(reading));
            sawRunning = world.running != null;
            sessionOpen = true;
            failures = 0;
        }

        private boolean showsStop(Reading reading) {
            boolean ofHistory = reading.pastJob() != null && world.isEarlyStop();
            return reading.state() == PrinterState.CANCELLED
                    || reading.state() == PrinterState.ERROR
                    || reading.outcome() != null
                    || ofHistory;
        }

        private void verify() {
            Set<Plate.State> allowed = oracle.allowed(bridge.now());
            Plate.State found = bridge.plate();
            ambiguous += allowed.size() > 1 ? 1 : 0;
            if (allowed.isEmpty()) {
                assertThat(found).as(this::story).isNull();
            } else {
                assertThat(allowed).as(this::story).contains(found);
            }
            if (found == Plate.State.CLEAR && world.onPlate != null) {
                assertThat(oracle.knows(world.onPlate))
                        .as(() -> "clear, but a print that was seen is on it: " + story())
                        .isFalse();
            }
        }

        /** Whether it happens in this step, if it happens once in so many. */
        private boolean happensEvery(int steps) {
            return random.nextInt(steps) == 0;
        }

        private void note(String line) {
            log.addLast(Duration.between(FleetScenario.BEGIN, bridge.now()).toSeconds() + " s: " + line);
            if (log.size() > 40) {
                log.removeFirst();
            }
        }

        private String story() {
            return name + ", " + world.protocol + ", on the plate: " + world.onPlate + "\n" + String.join("\n", log);
        }
    }
}
