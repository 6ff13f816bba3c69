// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Finding;
import io.jobyard.doubles.FakeInstance;
import io.jobyard.settings.api.SettingsReader;
import io.jobyard.testkit.SettableAccess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.component.ComponentConstants;

/** Configurations of queues and limits as they come, change and go. */
class ConfiguredTest {

    @TempDir
    private Path directory;

    private final LimitCatalogRegistry registry = new LimitCatalogRegistry(new SettableAccess());

    @Test
    void aLimitIsNamedByItsFileOrItsPid() {
        registry.bindLimit(
                new ConfiguredLimit(new FakeInstance(directory), raw("io.jobyard.limits~openai", "running.max", "3")));
        Map<String, Object> file = raw("io.jobyard.limits.4711", "running.max", "4");
        file.put("felix.fileinstall.filename", "file:/srv/etc/io.jobyard.limits-gpu-2.cfg");
        registry.bindLimit(new ConfiguredLimit(new FakeInstance(directory), file));

        assertThat(registry.current().limits().keySet()).containsExactly("gpu-2", "openai");
        assertThat(registry.current().limit("openai").runningMax()).isEqualTo(3);
        assertThat(registry.current().limit("other").fault())
                .isEqualTo("missing configuration io.jobyard.limits-other");
    }

    @Test
    void thoseThatComeInARowMakeTheCatalogOnce() {
        AtomicInteger made = new AtomicInteger();
        registry.bindBuiltIn(() -> {
            made.incrementAndGet();
            return List.of();
        });
        List<ConfiguredLimit> limits = IntStream.range(0, 30)
                .mapToObj(number -> new ConfiguredLimit(
                        new FakeInstance(directory), raw("io.jobyard.limits~l" + number, "running.max", "3")))
                .toList();
        limits.forEach(registry::bindLimit);
        assertThat(made).hasValue(0);
        assertThat(registry.current().limits()).hasSize(30);
        assertThat(registry.route("echo")).isEqualTo("default");
        assertThat(made).hasValue(1);

        limits.get(0).update(raw("io.jobyard.limits~l0", "running.max", "4"));
        assertThat(registry.current().limit("l0").runningMax()).isEqualTo(4);
        limits.forEach(registry::unbindLimit);
        assertThat(registry.current().limits()).isEmpty();
        assertThat(made).hasValue(3);
    }

    @Test
    void aBadChangeKeepsTheLastGoodOne() {
        ConfiguredLimit limit =
                new ConfiguredLimit(new FakeInstance(directory), raw("io.jobyard.limits~openai", "rate.tokens", "5/m"));
        registry.bindLimit(limit);
        limit.update(raw("io.jobyard.limits~openai", "rate.tokens", "x"));
        assertThat(registry.current().limit("openai").rates()).hasToString("{tokens=5/m burst 1}");
        assertThat(limit.examine())
                .extracting(Finding::problem)
                .singleElement()
                .asString()
                .startsWith("invalid rate.tokens: use an amount per time, for example 60/m");

        limit.update(raw("io.jobyard.limits~openai", "rate.tokens", "6/m"));
        assertThat(registry.current().limit("openai").rates()).hasToString("{tokens=6/m burst 1}");
        registry.unbindLimit(limit);
        assertThat(registry.current().limits()).isEmpty();
    }

    @Test
    void aBadOneWithoutALastGoodOneIsShut() {
        ConfiguredLimit limit = new ConfiguredLimit(new FakeInstance(directory), raw("io.jobyard.limits~openai"));
        registry.bindLimit(limit);
        assertThat(registry.current().limit("openai").fault()).contains("io.jobyard.limits-openai is refused");
        assertThat(limit.examine())
                .extracting(Finding::problem)
                .containsExactly(
                        "no limit set: set running.max, or rate.UNIT, for example rate.requests = 60/m burst 10");

        ConfiguredQueue queue = new ConfiguredQueue(
                new FakeInstance(directory),
                raw("io.jobyard.queues~llm", "types", "llm_*", "running.max", "0", "paused", "maybe"));
        registry.bindQueue(queue);
        assertThat(registry.current().route("llm_tool")).isEqualTo("llm");
        assertThat(registry.current().queue("llm").allows().fault()).contains("io.jobyard.queues-llm is refused");
        assertThat(queue.examine()).hasSize(2);
    }

    @Test
    void aBadOneAfterARestartHasTheLastGoodOneOfTheEarlierLife() {
        new ConfiguredLimit(new FakeInstance(directory), raw("io.jobyard.limits~openai", "rate.tokens", "5/m"));

        ConfiguredLimit limit =
                new ConfiguredLimit(new FakeInstance(directory), raw("io.jobyard.limits~openai", "rate.tokens", "x"));

        assertThat(limit.current()).hasToString("rate.tokens = 5/m burst 1");
        assertThat(limit.examine()).hasSize(1);
    }

    @Test
    void oneThatWasDeletedLeavesNoLastGoodOne() {
        ConfiguredLimit limit =
                new ConfiguredLimit(new FakeInstance(directory), raw("io.jobyard.limits~openai", "rate.tokens", "5/m"));
        limit.end(ComponentConstants.DEACTIVATION_REASON_CONFIGURATION_DELETED);
        limit = new ConfiguredLimit(new FakeInstance(directory), raw("io.jobyard.limits~openai", "rate.tokens", "x"));
        assertThat(limit.current()).hasToString("a shut limit");

        limit.update(raw("io.jobyard.limits~openai", "rate.tokens", "5/m"));
        limit.end(ComponentConstants.DEACTIVATION_REASON_BUNDLE_STOPPED);
        limit = new ConfiguredLimit(new FakeInstance(directory), raw("io.jobyard.limits~openai", "rate.tokens", "x"));
        assertThat(limit.current()).hasToString("rate.tokens = 5/m burst 1");
    }

    @Test
    void aFileOfAWrongNameShutsWhatItMeans() {
        ConfiguredLimit limit = new ConfiguredLimit(
                new FakeInstance(directory),
                raw("io.jobyard.limits~openai", "rate.tokens", "5/m", SettingsReader.MISNAMED, "it is misnamed"));
        registry.bindLimit(limit);
        assertThat(registry.current().limit("openai").fault()).contains("io.jobyard.limits-openai is refused");
        ConfiguredQueue queue = new ConfiguredQueue(
                new FakeInstance(directory),
                raw("io.jobyard.queues~llm", "types", "llm_*", SettingsReader.MISNAMED, "it is misnamed"));
        registry.bindQueue(queue);
        assertThat(registry.current().route("llm_tool")).isEqualTo("llm");
        assertThat(registry.current().queue("llm").allows().fault()).contains("io.jobyard.queues-llm is refused");
        assertThat(queue.examine()).extracting(Finding::problem).containsExactly("it is misnamed");
    }

    @Test
    void aQueueWithoutANameIsToldAndHoldsTheJobsThatItWouldTake() {
        Map<String, Object> raw = raw("io.jobyard.queues.4711", "running.max", "1", "types", "llm_*");
        raw.put("felix.fileinstall.filename", "file:/srv/etc/io.jobyard.queues-.cfg");
        ConfiguredQueue queue = new ConfiguredQueue(new FakeInstance(directory), raw);
        registry.bindQueue(queue);

        assertThat(queue.examine())
                .containsExactly(new Finding(
                        "io.jobyard.queues",
                        "it is not in force: it has no name",
                        "name the file etc/io.jobyard.queues-NAME.cfg"));
        String held = registry.current().route("llm_tool");
        assertThat(held).isEqualTo("(nameless)");
        assertThat(registry.current().queue(held).allows().fault())
                .isEqualTo("its configuration io.jobyard.queues has an invalid name: see the doctor");
    }

    @Test
    void aLimitWithoutAGoodNameIsTold() {
        ConfiguredLimit limit =
                new ConfiguredLimit(new FakeInstance(directory), raw("io.jobyard.limits~a b", "running.max", "1"));
        ConfiguredLimit nameless =
                new ConfiguredLimit(new FakeInstance(directory), raw("io.jobyard.limits", "running.max", "1"));
        registry.bindLimit(limit);
        registry.bindLimit(nameless);

        assertThat(limit.examine())
                .extracting(Finding::problem)
                .containsExactly(
                        "it is not in force: its name 'a b' does not have 1 to 64 of the characters A-Z a-z 0-9 . _ -");
        assertThat(nameless.examine()).hasSize(1);
        assertThat(registry.current().limit("a b").fault()).contains("has an invalid name");
    }

    @Test
    void anUnknownKeyIsRefusedWithThoseThereAre() {
        ConfiguredLimit limit = new ConfiguredLimit(
                new FakeInstance(directory), raw("io.jobyard.limits~a", "running.maxx", "1", "rate.x", "1/s"));
        assertThat(limit.examine())
                .extracting(Finding::problem)
                .containsExactly(
                        "unknown key running.maxx (did you mean 'running.max'?); use adaptive,"
                                + " adaptive.latency.seconds, budget.UNIT, key, keys.max, order, oversize, rate.UNIT, running.max, running.max.failing");
    }

    @Test
    void whoListensHearsOfEachChange() {
        List<String> heard = new ArrayList<>();
        Runnable end = registry.onChange(
                () -> heard.add("" + registry.current().limits().keySet()));
        ConfiguredLimit limit =
                new ConfiguredLimit(new FakeInstance(directory), raw("io.jobyard.limits~a", "running.max", "1"));
        registry.bindLimit(limit);
        limit.update(raw("io.jobyard.limits~a", "running.max", "2"));
        registry.unbindLimit(limit);
        end.run();
        registry.bindLimit(limit);
        assertThat(heard).containsExactly("[a]", "[a]", "[]");
    }

    private static Map<String, Object> raw(String pid, String... keysAndValues) {
        Map<String, Object> raw = new HashMap<>(Map.of("service.pid", pid, "service.factoryPid", "x"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            raw.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return raw;
    }
}
