// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Finding;
import io.jobyard.doubles.FakeInstance;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

/** Configurations of types as they come, change and go. */
class ConfiguredTypeTest {

    private static final Version OLD = new Version("1.5.0");
    private static final Version NEW = new Version("2.0.0");

    @TempDir
    private Path directory;

    private final TypeRegistry registry = new TypeRegistry();

    @Test
    void aTypeIsPinnedWhileItsConfigurationIsThere() {
        AtomicInteger changes = new AtomicInteger();
        registry.onChange(changes::incrementAndGet);
        ConfiguredType words = type("[1,2)");
        registry.bind(words);
        assertThat(registry.pin("words").allows(OLD)).isTrue();
        assertThat(registry.pin("words").allows(NEW)).isFalse();
        assertThat(registry.pin("other")).isNull();

        words.update(raw("2"));
        assertThat(registry.pin("words").allows(NEW)).isTrue();
        assertThat(changes).hasValue(2);

        registry.unbind(words);
        assertThat(registry.pin("words")).isNull();
    }

    @Test
    void aBadChangeKeepsTheLastGoodOne() {
        ConfiguredType words = type("[1,2)");
        registry.bind(words);
        words.update(raw("[2,1)"));
        assertThat(registry.pin("words").allows(OLD)).isTrue();
        assertThat(words.examine())
                .extracting(Finding::problem)
                .containsExactly(
                        "versions = [2,1) is refused: no version can be in it; use an OSGi version range such as"
                                + " [1.2,2), or 1.2 for that or higher");
        assertThat(words.examine()).extracting(Finding::subject).containsExactly("io.jobyard.types-words");
    }

    @Test
    void aBadOneWithoutALastGoodOneLetsNoVersionRun() {
        for (String bad : new String[] {"newest", ""}) {
            ConfiguredType words = type(bad);
            registry.bind(words);
            assertThat(registry.pin("words").allows(OLD)).isFalse();
            assertThat(registry.pin("words").fault()).contains("io.jobyard.types-words is refused: see job:doctor");
            assertThat(words.examine()).hasSize(1);
            registry.unbind(words);
        }
    }

    private ConfiguredType type(String versions) {
        return new ConfiguredType(new FakeInstance(directory), raw(versions));
    }

    private static Map<String, Object> raw(String versions) {
        return new HashMap<>(Map.of("service.pid", "io.jobyard.types~words", "versions", versions));
    }
}
