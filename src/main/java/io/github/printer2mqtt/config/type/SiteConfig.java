package io.github.printer2mqtt.config.type;

import io.github.printer2mqtt.model.PrinterId;

/**
 * Another bridge whose printers are shown beside our own.
 *
 * @param name unique among the sites, with the grammar of a group
 * @param baseTopic of that bridge, at our broker
 */
public record SiteConfig(String name, String baseTopic) {
    /** As a value of the configuration. */
    public static ValueType<SiteConfig> valueType() {
        String expected = "a site such as {\"name\": \"north\", \"base_topic\": \"north\"}";
        return new ValueType.Pair<>("name", "base_topic", expected, (name, baseTopic) -> {
            if (!PrinterId.isLabel(name)) {
                throw InvalidSettingException.expected(expected
                        + ", whose name is 1 to 63 of a-z, 0-9 and -, beginning and ending with a letter or digit");
            }
            return new SiteConfig(name, TopicText.parse(baseTopic));
        });
    }

    /** Whether topics of both base topics may be the same. */
    public boolean overlaps(String otherBaseTopic) {
        return (baseTopic + "/").startsWith(otherBaseTopic + "/") || (otherBaseTopic + "/").startsWith(baseTopic + "/");
    }
}
