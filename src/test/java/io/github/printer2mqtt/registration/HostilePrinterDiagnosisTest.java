package io.github.printer2mqtt.registration;

import static io.github.printer2mqtt.testing.Await.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.hostile.HostileFarm;
import io.github.printer2mqtt.hostile.HostileFarm.Member;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.registration.diagnosis.Diagnosis;
import io.github.printer2mqtt.registration.diagnosis.DiagnosisStage;
import io.github.printer2mqtt.registration.diagnosis.StageResult;
import io.github.printer2mqtt.testing.Await;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Diagnoses one hostile printer of every kind. */
class HostilePrinterDiagnosisTest {
    /** Each mostly waits for a deadline. */
    private static final int AT_ONCE = 16;

    private static final int MAX_MILLIS = 10_000;

    @RegisterExtension
    private final DiagnosisFixture fixture = new DiagnosisFixture();

    @Test
    void everyHostilePrinterFailsAtTheRightStageInTime(@TempDir Path folder) {
        List<String> wrong = new ArrayList<>();
        try (HostileFarm farm = HostileFarm.open(fixture.vertx(), folder)) {
            List<Member> members = farm.members();
            List<Future<Diagnosis>> diagnoses = new ArrayList<>();
            for (int i = 0; i < members.size(); i++) {
                PrinterId id = fixture.register(members.get(i).registration());
                Future<?> before = i < AT_ONCE ? Future.succeededFuture() : diagnoses.get(i - AT_ONCE);
                diagnoses.add(before.transform(over -> fixture.diagnoseBesideOthers(id)));
            }
            for (int i = 0; i < members.size(); i++) {
                check(members.get(i), done(diagnoses.get(i)), wrong);
            }
            members.forEach(member -> Await.until(
                    "one connection is left to " + member, () -> member.place().openSockets() <= 1));
        }

        assertThat(wrong).isEmpty();
    }

    private static void check(Member member, Diagnosis diagnosis, List<String> wrong) {
        StageResult failed = diagnosis.failedStage();
        String text = member + ", " + diagnosis.tookMillis() + " ms\n" + DiagnosisFixture.text(diagnosis);
        boolean isRight = failed == null
                ? member.hostile().reason() == null
                : stages(member).contains(failed.stage()) && failed.advice() != null;
        if (!isRight || diagnosis.tookMillis() >= MAX_MILLIS) {
            wrong.add(text);
        }
    }

    /** At which a printer with this reason may fail; none for one that can be read. */
    private static Set<DiagnosisStage> stages(Member member) {
        String reason = member.hostile().reason();
        if (reason == null) {
            return Set.of();
        }
        String name = member.hostile().name();
        return switch (reason) {
            case "refused" -> EnumSet.of(DiagnosisStage.PORT);
            case "dns" -> EnumSet.of(DiagnosisStage.NAME);
            case "tls" -> EnumSet.of(DiagnosisStage.TLS);
            case "auth" ->
                EnumSet.of(
                        isPrusaLink(member)
                                ? DiagnosisStage.KEY
                                : DiagnosisStage.SERVER); // a proxy answers with a page
            case "timeout" -> {
                if (name.contains("drops every packet")) {
                    yield EnumSet.of(DiagnosisStage.ROUTE);
                }
                yield EnumSet.of(name.contains("handshake") ? DiagnosisStage.TLS : DiagnosisStage.SERVER);
            }
            case "unreadable" -> {
                if (isPrusaLink(member)) {
                    yield EnumSet.of(DiagnosisStage.READING); // its challenge is that of a PrusaLink
                }
                yield EnumSet.of(name.contains("TLS") ? DiagnosisStage.TLS : DiagnosisStage.SERVER);
            }
            default -> EnumSet.of(DiagnosisStage.SERVER);
        };
    }

    private static boolean isPrusaLink(Member member) {
        return member.hostile().driver().equals("prusalink");
    }
}
