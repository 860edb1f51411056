package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.hostile.HostileFarm;
import io.github.printer2mqtt.hostile.HostileFarm.Member;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hostile printers that are servers. */
class HostileFarmTest extends HostileFarmContract {
    @Override
    HostileFarm open(Vertx vertx, Path folder) {
        return HostileFarm.open(vertx, folder);
    }

    @Test
    void retryAfterIsRespected() {
        List<Member> withRetryAfter = hostiles().stream()
                .filter(hostile -> hostile.hostile().name().matches("answers .* and wants (an hour|thirty years)"))
                .toList();

        assertThat(withRetryAfter).hasSize(2).allSatisfy(hostile -> {
            assertThat(evidenceOf(hostile).polls).hasSizeGreaterThan(1);
            assertThat(hostile.place().requests()).isEqualTo(1);
        });
    }

    @Test
    void authenticationTakesAtMostTwoRequestsPerPoll() {
        List<Member> authenticating = hostiles().stream()
                .filter(hostile -> hostile.hostile().driver().equals("prusalink")
                        && hostile.hostile().reason() != null)
                .toList();

        assertThat(authenticating)
                .hasSize(4)
                .allSatisfy(hostile -> assertThat(evidenceOf(hostile).requests)
                        .isBetween(1, 2 * evidenceOf(hostile).polls.size() + 2));
    }
}
