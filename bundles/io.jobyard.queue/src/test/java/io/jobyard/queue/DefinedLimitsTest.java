// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.Finding;
import io.jobyard.api.Remedy;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.ValidationException;
import io.jobyard.doubles.FakeInstance;
import io.jobyard.spi.limits.LimitDefinition;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.testkit.SettableAccess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits and queues that were made while a host ran, beside those of files. */
class DefinedLimitsTest {

    private static final String FILE = "io.jobyard.limits~openai";

    @TempDir
    private Path directory;

    private final LimitCatalogRegistry registry = new LimitCatalogRegistry(new SettableAccess());

    @Test
    void whatTheStoreHasCountsAsAFileWould() {
        registry.begin(List.of(
                limit("gpu", "running.max", "2", "key", "label.team"), queue("bulk", "types", "a*", "rate", "5/m")));
        assertThat(registry.current().limit("gpu").runningMax()).isEqualTo(2);
        assertThat(registry.current().hasValues("gpu")).isTrue();
        assertThat(registry.current().sourceOfLimit("gpu")).isEqualTo("stored");
        assertThat(registry.current().route("abc")).isEqualTo("bulk");
        assertThat(registry.current().sourceOfQueue("bulk")).isEqualTo("stored");
        assertThat(registry.current().sourceOfQueue("gpu")).isNull();
        assertThat(registry.findings()).isEmpty();
    }

    @Test
    void aChangeIsHeardAndOneThatIsGoneLetsAFileCount() {
        file("running.max", "4");
        assertThat(registry.current().sourceOfLimit("openai")).isEqualTo("file");
        LimitDefinition first = limit("openai", "running.max", "2");
        registry.defined(first);
        int[] changes = {0};
        registry.onChange(() -> changes[0]++);

        registry.defined(first.with(Map.of("running.max", "3")));
        assertThat(registry.current().limit("openai").runningMax()).isEqualTo(3);
        registry.defined(first.with(Map.of()));
        assertThat(registry.current().limit("openai").runningMax()).isEqualTo(4);
        assertThat(changes[0]).isEqualTo(2);
    }

    @Test
    void aFileOfTheSameNameIsNotInForceAndTheDoctorSaysSo() {
        registry.defined(limit("openai", "running.max", "2"));
        file("running.max", "4");
        assertThat(registry.current().limit("openai").runningMax()).isEqualTo(2);
        assertThat(registry.findings())
                .containsExactly(new Finding(
                                "io.jobyard.limits-openai",
                                "there is a limit openai already, set at run time: the file is not applied",
                                "rename the file, or remove the stored one")
                        .with(Remedy.RemedyKind.REMOVE_LIMIT.of("openai")));
    }

    @Test
    void oneThatOnlyAnotherVersionCanReadIsShut() {
        registry.begin(
                List.of(limit("openai", "rate.tokens", "5/fortnight"), queue("bulk", "types", "a", "hue", "red")));
        assertThat(registry.current().limit("openai").fault()).contains("the doctor shows the reason");
        assertThat(registry.current().queue("bulk").allows().fault()).isNotNull();
        assertThat(registry.current().route("a")).isEqualTo("bulk");
        assertThat(registry.findings())
                .extracting(Finding::subject)
                .containsExactlyInAnyOrder("limit openai", "queue bulk");
    }

    @Test
    void eachBadValueIsAProblemOfItsKey() {
        assertThatThrownBy(() -> registry.requireDefinable(
                        limit("openai", "rate.tokens", "x", "running.max", "0", "runing.max", "2")))
                .isInstanceOfSatisfying(ValidationException.class, refusal -> {
                    assertThat(refusal.problems())
                            .extracting(FieldProblem::field)
                            .containsExactlyInAnyOrder("rate.tokens", "running.max", "runing.max");
                    assertThat(refusal)
                            .hasMessageContainingAll(
                                    "invalid rate.tokens",
                                    "invalid running.max",
                                    "unknown key runing.max (did you mean 'running.max'?); use adaptive");
                });
        assertThatThrownBy(() -> registry.requireDefinable(queue("bulk", "paused", "maybe")))
                .hasMessageContaining("use true or false");
        assertThatThrownBy(() -> registry.requireDefinable(limit("a b", "running.max", "2")))
                .hasMessage("invalid limit 'a b': use 1 to 64 of the characters A-Z a-z 0-9 . _ -");
    }

    @Test
    void whatAFileSaysCannotBeMadeBesideIt() {
        file("running.max", "4");
        assertThatThrownBy(() -> registry.requireDefinable(limit("openai", "running.max", "2")))
                .isInstanceOf(StateConflictException.class)
                .hasMessage("limit openai is from a file: change etc/io.jobyard.limits-openai.cfg");
        assertThatCode(() -> registry.requireDefinable(queue("openai", "running.max", "2")))
                .doesNotThrowAnyException();
        LimitDefinition before = limit("openai", "running.max", "2");
        assertThatCode(() -> registry.requireDefinable(before.with(Map.of("running.max", "3"))))
                .as("it was there before the file")
                .doesNotThrowAnyException();
    }

    private void file(String key, String value) {
        registry.bindLimit(new ConfiguredLimit(new FakeInstance(directory), Map.of("service.pid", FILE, key, value)));
    }

    private static LimitDefinition limit(String name, String... keysAndValues) {
        return definition(LimitKind.LIMIT, name, keysAndValues);
    }

    private static LimitDefinition queue(String name, String... keysAndValues) {
        return definition(LimitKind.QUEUE, name, keysAndValues);
    }

    private static LimitDefinition definition(LimitKind kind, String name, String... keysAndValues) {
        TreeMap<String, String> settings = new TreeMap<>();
        for (int n = 0; n < keysAndValues.length; n += 2) {
            settings.put(keysAndValues[n], keysAndValues[n + 1]);
        }
        return new LimitDefinition(kind, name, 1, settings);
    }
}
