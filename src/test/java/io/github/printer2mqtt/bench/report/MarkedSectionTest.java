package io.github.printer2mqtt.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MarkedSectionTest {
    @Test
    void missingSectionIsAppended() {
        String text = MarkedSection.replaced("# Results\n\nWords.\n", "farms", "a table");

        assertThat(text)
                .startsWith("# Results\n\nWords.\n\n<!-- begin of farms")
                .contains("a table\n<!-- end of farms");
    }

    @Test
    void onlyTheSectionIsReplaced() {
        String first = MarkedSection.replaced("# Results\n", "farms", "one");
        String both = MarkedSection.replaced(first, "serving", "other");
        String again = MarkedSection.replaced(both, "farms", "two");

        assertThat(again).contains("two").contains("other").doesNotContain("one");
        assertThat(MarkedSection.replaced(again, "farms", "two")).isEqualTo(again);
    }
}
