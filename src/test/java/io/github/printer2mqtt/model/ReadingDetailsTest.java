package io.github.printer2mqtt.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Reading.Details;
import io.github.printer2mqtt.model.Reading.Filament;
import io.github.printer2mqtt.model.Reading.Problem;
import io.github.printer2mqtt.model.Reading.Problem.Severity;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a printer may send as problems and filaments, and what is kept of it. */
class ReadingDetailsTest {
    @Test
    void worstProblemsComeFirst() {
        Problem info = new Problem("a", Severity.INFO, null);
        Problem warning = new Problem("b", Severity.WARNING, null);
        Problem error = new Problem("c", Severity.ERROR, null);

        assertThat(new Details(List.of(info, error, warning), List.of(), null).problems())
                .containsExactly(error, warning, info);
    }

    @Test
    void atMostTwentyProblemsAndThirtyTwoFilamentsAreKept() {
        List<Problem> problems = IntStream.range(0, 1000)
                .mapToObj(i -> new Problem("p" + i, i == 999 ? Severity.ERROR : Severity.INFO, null))
                .toList();
        Filament filament = new Filament("1", "PLA", null, null, null, null);

        Details details = new Details(problems, Collections.nCopies(1000, filament), null);

        assertThat(details.problems()).hasSize(20).first().isEqualTo(new Problem("p999", Severity.ERROR, null));
        assertThat(details.filaments()).hasSize(32);
    }

    @Test
    void textsOfPrintersAreCleaned() {
        Problem problem = new Problem("\u0000", Severity.ERROR, "a\nb" + "x".repeat(1000));

        assertThat(problem.code()).isEqualTo("unknown");
        assertThat(problem.message()).startsWith("a b").hasSize(256);
    }

    @ParameterizedTest
    @CsvSource({"#FFAA00, #ffaa00", "#ffaa00, #ffaa00", "FFAA00,", "#FFAA00FF,", "red,", "#ggaa00,", "'',"})
    void colorIsSixDigitsOrUnknown(String reported, String expected) {
        assertThat(new Filament("1", null, reported, null, null, null).color()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"-1,", "0, 0", "100, 100", "101,"})
    void remainingIsAPercentageOrUnknown(int reported, Integer expected) {
        assertThat(new Filament("1", null, null, null, reported, null).remaining())
                .isEqualTo(expected);
    }
}
