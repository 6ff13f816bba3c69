// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.settings.api.InvalidSettingsException;
import io.jobyard.settings.api.SettingsReader;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Contract of the settings of every PID: code, metatype and whole numbers agree. */
public interface SettingsConformance {

    /**
     * A key for a whole number.
     *
     * @param min the smallest allowed
     * @param max the largest allowed
     */
    record NumberKey(String name, int byDefault, int min, int max) {}

    /** Returns all keys for whole numbers. */
    List<NumberKey> design();

    /** Reads every key; the text of the result contains each as {@code key = value}. */
    Object read(SettingsReader reader);

    /** Returns the source of the metatype. */
    Class<?> metatype();

    /** Reads a configuration as the host does. */
    default Object read(Map<String, ?> raw) {
        SettingsReader reader = new SettingsReader(raw);
        Object settings = read(reader);
        reader.finish();
        return settings;
    }

    @Test
    default void theDefaultsAreTheDesigns() {
        String defaults = read(Map.of()).toString();
        assertThat(design()).allSatisfy(key -> assertThat(defaults).contains(key.name() + " = " + key.byDefault()));
    }

    @Test
    default void theEndsOfARangeAreAllowedAndWhatLiesBeyondIsRefused() {
        for (NumberKey key : design()) {
            for (int end : new int[] {key.min(), key.max()}) {
                assertThat(read(Map.of(key.name(), " " + end + " ")).toString()).contains(key.name() + " = " + end);
            }
            for (Object outside : List.of(key.min() - 1, key.max() + 1, "abc", "1.5", "")) {
                assertThatThrownBy(() -> read(Map.of(key.name(), outside)))
                        .isInstanceOf(InvalidSettingsException.class)
                        .hasMessage("invalid %s: use a whole number from %d to %d"
                                .formatted(key.name(), key.min(), key.max()));
            }
        }
    }

    @Test
    default void aKeyThatNobodyReadsIsRefused() {
        assertThatThrownBy(() -> read(Map.of("no.such.key", "3")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("unknown key no.such.key");
    }

    @Test
    default void theMetatypeSaysTheSame() throws Exception {
        try (InputStream xml = metatype()
                .getResourceAsStream("/OSGI-INF/metatype/" + metatype().getName() + ".xml")) {
            NodeList all = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(xml)
                    .getElementsByTagName("AD");
            assertThat(IntStream.range(0, all.getLength())
                            .mapToObj(i -> (Element) all.item(i))
                            .filter(key -> key.getAttribute("type").equals("Integer"))
                            .map(key -> new NumberKey(
                                    key.getAttribute("id"),
                                    Integer.parseInt(key.getAttribute("default")),
                                    Integer.parseInt(key.getAttribute("min")),
                                    Integer.parseInt(key.getAttribute("max"))))
                            .collect(Collectors.toList()))
                    .containsExactlyInAnyOrderElementsOf(design());
        }
    }
}
