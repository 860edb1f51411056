package io.github.printer2mqtt.cluster;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps nodes and lease in memory. The test decides when a statement takes effect and when its answer arrives, if ever. */
final class SlowLeaseStore implements LeaseStore {
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final List<Pending<?>> pending = new ArrayList<>();
    private @Nullable String owner;
    private @Nullable UUID incarnation;
    private long epoch;
    private boolean isAway;
    private boolean isHeldBack;

    /** A statement on its way, or its answer. */
    static final class Pending<T extends @Nullable Object> {
        private final Supplier<T> effect;
        private final Promise<T> answer = Promise.promise();
        private boolean tookEffect;
        private @Nullable T result;

        Pending(Supplier<T> effect) {
            this.effect = effect;
        }

        private void takeEffect() {
            if (!tookEffect) {
                tookEffect = true;
                result = effect.get();
            }
        }

        @SuppressWarnings("NullAway") // the effect has the type of the answer
        private void arrive() {
            takeEffect();
            answer.tryComplete(result);
        }
    }

    /** From now on statements fail at once, without effect. */
    void goAway() {
        isAway = true;
    }

    void comeBack() {
        isAway = false;
    }

    /** From now on statements wait for {@link #takeEffect}, {@link #arrive} or {@link #lose}. */
    void holdBack() {
        isHeldBack = true;
    }

    /** Everything on its way arrives, and from now on statements take no time. */
    void deliverAll() {
        isHeldBack = false;
        while (!pending.isEmpty()) {
            arrive(0);
        }
    }

    /** What is on its way. */
    int pending() {
        return pending.size();
    }

    void takeEffect(int index) {
        pending.get(index).takeEffect();
    }

    void arrive(int index) {
        pending.remove(index).arrive();
    }

    /** The answer never arrives; whether the statement takes effect was decided before. */
    void lose(int index) {
        pending.remove(index).answer.tryFail("timed out");
    }

    long epoch() {
        return epoch;
    }

    @Override
    public Future<View> beat(Node node) {
        return execute(() -> {
            Member known = members.get(node.name());
            boolean isMember = known != null && known.incarnation().equals(node.incarnation());
            if (known != null && isMember) {
                members.put(
                        node.name(),
                        new Member(
                                node.name(), node.incarnation(), known.beat() + 1, node.version(), known.startedAt()));
            }
            return new View(List.copyOf(members.values()), isMember, owner, incarnation, epoch);
        });
    }

    @Override
    public Future<Void> join(Node node) {
        return execute(() -> {
            members.putIfAbsent(
                    node.name(), new Member(node.name(), node.incarnation(), 0, node.version(), Instant.EPOCH));
            return null;
        });
    }

    @Override
    public Future<Void> evict(Member seen) {
        return execute(() -> {
            members.remove(seen.name(), seen);
            return null;
        });
    }

    @Override
    public Future<@Nullable Long> claim(Node node, long seenEpoch) {
        return execute(() -> {
            Member own = members.get(node.name());
            boolean isOwner = node.name().equals(owner) && node.incarnation().equals(incarnation);
            Member holder = members.get(String.valueOf(owner));
            boolean isFree =
                    owner == null || holder == null || !holder.incarnation().equals(incarnation);
            if (epoch != seenEpoch
                    || own == null
                    || !own.incarnation().equals(node.incarnation())
                    || !(isOwner || isFree)) {
                return null;
            }
            owner = node.name();
            incarnation = node.incarnation();
            return ++epoch;
        });
    }

    @Override
    public Future<Void> leave(Node node) {
        return execute(() -> {
            if (node.name().equals(owner) && node.incarnation().equals(incarnation)) {
                owner = null;
                incarnation = null;
            }
            members.remove(node.name());
            return null;
        });
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }

    private <T extends @Nullable Object> Future<T> execute(Supplier<T> effect) {
        if (isAway) {
            return Future.failedFuture("it cannot be reached");
        }
        Pending<T> statement = new Pending<>(effect);
        if (isHeldBack) {
            pending.add(statement);
        } else {
            statement.arrive();
        }
        return statement.answer.future();
    }
}
