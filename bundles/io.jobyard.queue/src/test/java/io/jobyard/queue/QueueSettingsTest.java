// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.spi.InvalidSettingsException;
import io.jobyard.api.spi.SettingsReader;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class QueueSettingsTest {

    private static final String[][] DESIGN = {
        {"priority.levels", "10", "1", "100"},
        {"aging.seconds", "60", "0", "86400"},
        {"aging.share.percent", "10", "1", "50"},
    };

    @Test
    void theDefaultsAreTheDesigns() {
        assertThat(read(Map.of())).isEqualTo(new QueueSettings(10, 60, 10));
        assertThat(read(Map.of("priority.levels", "3", "aging.seconds", 0, "aging.share.percent", " 50 ")))
                .isEqualTo(new QueueSettings(3, 0, 50));
    }

    @Test
    void theRangesAreTheDesignsAndTheirEndsAreAllowed() {
        for (String[] key : DESIGN) {
            for (int end = 2; end <= 3; end++) {
                assertThat(read(Map.of(key[0], key[end])).toString()).contains(key[0] + " = " + key[end]);
                String outside = String.valueOf(Integer.parseInt(key[end]) + (end == 2 ? -1 : 1));
                assertThatThrownBy(() -> read(Map.of(key[0], outside)))
                        .isInstanceOf(InvalidSettingsException.class)
                        .hasMessage("%s = %s is refused: use a whole number from %s to %s"
                                .formatted(key[0], outside, key[2], key[3]));
            }
        }
    }

    @Test
    void aKeyThatNobodyReadsIsRefused() {
        assertThatThrownBy(() -> read(Map.of("priority.level", "3"))).hasMessageContaining("there is no such key");
    }

    @Test
    void theMetatypeSaysTheSame() throws Exception {
        Map<String, String> told = new TreeMap<>();
        Map<String, String> expected = new TreeMap<>();
        try (InputStream xml =
                getClass().getResourceAsStream("/OSGI-INF/metatype/" + QueueConfiguration.class.getName() + ".xml")) {
            NodeList all = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(xml)
                    .getElementsByTagName("AD");
            for (int i = 0; i < all.getLength(); i++) {
                Element key = (Element) all.item(i);
                told.put(
                        key.getAttribute("id"),
                        key.getAttribute("default") + " " + key.getAttribute("min") + " " + key.getAttribute("max"));
            }
        }
        for (String[] key : DESIGN) {
            expected.put(key[0], key[1] + " " + key[2] + " " + key[3]);
        }
        assertThat(told).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"10, 5", "5, 5", "4, 4", "1, 1", "100, 5"})
    void theDefaultLevelIsFiveOrTheLast(int levels, int byDefault) {
        assertThat(new QueueSettings(levels, 60, 10).defaultLevel()).isEqualTo(byDefault);
    }

    private static QueueSettings read(Map<String, ?> raw) {
        SettingsReader reader = new SettingsReader(raw);
        QueueSettings settings = QueueSettings.read(reader);
        reader.finish();
        return settings;
    }
}
