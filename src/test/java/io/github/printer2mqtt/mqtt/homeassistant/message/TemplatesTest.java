package io.github.printer2mqtt.mqtt.homeassistant.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.mqtt.homeassistant.message.TemplateCases.TemplateCase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Templates use existing keys and test what may be missing. */
class TemplatesTest {
    private static final Pattern STEP = Pattern.compile("\\.([a-z_0-9]+)|\\[(\\d+)]");

    @Test
    void templatesTestEachNullableParent() {
        for (TemplateCase one : TemplateCases.all()) {
            assertThat(TemplateNullCheck.missing(one.template()))
                    .as(one.template())
                    .isEmpty();
        }
    }

    @Test
    void templatesUseOnlyExistingKeys() {
        Map<String, Boolean> found = new HashMap<>();
        for (TemplateCase one : TemplateCases.all()) {
            Matcher paths = TemplateNullCheck.PATH.matcher(TemplateNullCheck.expanded(one.template()));
            while (paths.find()) {
                found.merge(
                        one.component() + ": " + paths.group(1),
                        resolves(one.document(), paths.group(1)),
                        Boolean::logicalOr);
            }
        }
        assertThat(found).hasSizeGreaterThan(40).doesNotContainValue(false);
    }

    @Test
    void checkFindsUntestedParents() {
        assertThat(TemplateNullCheck.missing("{{ value_json.job.file }}")).containsExactly(".job");
        assertThat(TemplateNullCheck.missing("{{ value_json.job.file if value_json.job else '' }}"))
                .containsExactly(".job");
        assertThat(TemplateNullCheck.missing("{{ value_json.temperatures.nozzles[1].actual }}"))
                .containsExactly(".temperatures.nozzles[1]");
        assertThat(TemplateNullCheck.missing("{{ value_json.temperatures.nozzles[1].actual"
                        + " if value_json.temperatures.nozzles | length > 0 else none }}"))
                .isNotEmpty();
        assertThat(TemplateNullCheck.missing("{% set j = value_json.job %}{{ j.file }}"))
                .containsExactly(".job");
        assertThat(TemplateNullCheck.missing("{% set j = value_json.job %}{{ j.file or j.layer }}"))
                .containsOnly(".job");
        assertThat(TemplateNullCheck.missing("{{ value_json.online and value_json.job.file }}"))
                .containsExactly(".job");
        assertThat(TemplateNullCheck.missing("value_json.speed")).isNotEmpty();
    }

    private static boolean resolves(JsonObject document, String path) {
        Object at = document;
        Matcher steps = STEP.matcher(path);
        while (steps.find()) {
            if (at instanceof JsonObject object && steps.group(1) != null) {
                if (!object.containsKey(steps.group(1))) {
                    return false;
                }
                at = object.getValue(steps.group(1));
            } else if (at instanceof JsonArray array && steps.group(2) != null) {
                int index = Integer.parseInt(steps.group(2));
                if (index >= array.size()) {
                    return false;
                }
                at = array.getValue(index);
            } else {
                return false;
            }
        }
        return true;
    }

    @Test
    void templatesAreAppliedToEveryKindOfStatus() {
        List<String> states = TemplateCases.all().stream()
                .filter(one -> one.component().equals("progress"))
                .map(one -> one.document().getString("state"))
                .toList();

        assertThat(states)
                .containsExactly("printing", "preparing", "idle", "attention", "offline", "offline", "unknown");
    }
}
