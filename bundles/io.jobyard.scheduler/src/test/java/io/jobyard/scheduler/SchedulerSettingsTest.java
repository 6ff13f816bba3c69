// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.spi.InvalidSettingsException;
import io.jobyard.api.spi.SettingsReader;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class SchedulerSettingsTest {

    private static final String[][] DESIGN = {
        {"default.timeout.seconds", "60", "1", "3600"},
        {"default.max.retries", "3", "0", "10"},
        {"poll.interval.seconds", "5", "1", "60"},
        {"retry.base.seconds", "2", "1", "3600"},
        {"retry.max.seconds", "600", "1", "86400"},
        {"handler.grace.seconds", "86400", "0", "31536000"},
        {"max.payload.bytes", "1048576", "1024", "67108864"},
        {"max.result.bytes", "1048576", "1024", "67108864"},
    };

    @Test
    void theDefaultsAreTheDesigns() {
        assertThat(read(Map.of())).isEqualTo(new SchedulerSettings(60, 3, 5, 2, 600, 86_400, 1_048_576, 1_048_576));
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
        assertThatThrownBy(() -> read(Map.of("default.timeout", "3"))).hasMessageContaining("there is no such key");
    }

    @Test
    void theMetatypeSaysTheSame() throws Exception {
        Map<String, String> told = new TreeMap<>();
        Map<String, String> expected = new TreeMap<>();
        try (InputStream xml = getClass()
                .getResourceAsStream("/OSGI-INF/metatype/" + SchedulerConfiguration.class.getName() + ".xml")) {
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

    private static SchedulerSettings read(Map<String, ?> raw) {
        SettingsReader reader = new SettingsReader(raw);
        SchedulerSettings settings = SchedulerSettings.read(reader);
        reader.finish();
        return settings;
    }
}
