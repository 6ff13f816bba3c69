// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PropertiesTextTest {

    @Test
    void onlyWhatIsToBeOtherwiseIsTouched() {
        String text = """
                # how many
                worker.threads:4
                  # a comment \\
                drain.timeout.seconds = 10

                #worker.threads = 9
                members = user:ann, \\
                    user:bob
                gone = 1""";
        Map<String, String> values = Map.of(
                "worker.threads", "8", "members", "user:ann, user:bob", "drain.timeout.seconds", "10", "new", "x");
        assertThat(PropertiesText.edited(text, values)).isEqualTo("""
                # how many
                worker.threads = 8
                  # a comment \\
                drain.timeout.seconds = 10

                #worker.threads = 9
                members = user:ann, \\
                    user:bob
                new = x
                """);
    }

    @Test
    void ofAKeyThatStandsTwiceOneIsLeft() {
        assertThat(PropertiesText.edited("a = 1\na = 2\n", Map.of("a", "1"))).isEqualTo("a = 1\n");
        assertThat(PropertiesText.edited("a = 1\na = 2\n", Map.of("a", "3"))).isEqualTo("a = 3\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " a",
                "a ",
                "a\\b",
                "C:\\new\\table",
                "a\nb",
                "a\r\nb\tc\f",
                "#a",
                "a = b: c",
                "ü → €",
                "\\",
                "a\\",
                "  two"
            })
    void everyValueIsReadAsItWas(String value) {
        Map<String, String> values = new TreeMap<>(Map.of("a.b", value, "#odd key:=", value));
        assertThat(FileContent.of(PropertiesText.edited("a.b = 1\r\n", values)).values())
                .isEqualTo(values);
        assertThat(FileContent.of(PropertiesText.edited("", values)).values()).isEqualTo(values);
    }
}
