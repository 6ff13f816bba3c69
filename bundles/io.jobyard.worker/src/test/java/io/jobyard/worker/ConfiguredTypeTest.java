// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Finding;
import io.jobyard.doubles.FakeInstance;
import io.jobyard.spi.handlers.Backoff;
import io.jobyard.spi.handlers.CanaryRules;
import io.jobyard.spi.handlers.CircuitRules;
import io.jobyard.spi.handlers.HiddenFields;
import io.jobyard.spi.handlers.TypeRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
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
        assertThat(registry.settings("words").allows(OLD)).isTrue();
        assertThat(registry.settings("words").allows(NEW)).isFalse();
        assertThat(registry.settings("other")).isNull();

        words.update(raw("2"));
        assertThat(registry.settings("words").allows(NEW)).isTrue();
        assertThat(changes).hasValue(2);

        registry.unbind(words);
        assertThat(registry.settings("words")).isNull();
    }

    @Test
    void aBadChangeKeepsTheLastGoodOne() {
        ConfiguredType words = type("[1,2)");
        registry.bind(words);
        words.update(raw("[2,1)"));
        assertThat(registry.settings("words").allows(OLD)).isTrue();
        assertThat(words.examine())
                .extracting(Finding::problem)
                .containsExactly(
                        "invalid versions: the range contains no version; use an OSGi version range, for example"
                                + " [1.2,2), or 1.2 for that version or higher");
        assertThat(words.examine()).extracting(Finding::subject).containsExactly("io.jobyard.types-words");
    }

    @Test
    void aBadOneWithoutALastGoodOneLetsNoVersionRun() {
        for (String bad : new String[] {"newest", ""}) {
            ConfiguredType words = type(bad);
            registry.bind(words);
            assertThat(registry.settings("words").allows(OLD)).isFalse();
            assertThat(registry.settings("words").fault())
                    .contains("io.jobyard.types-words is refused: see the doctor");
            assertThat(words.examine()).hasSize(bad.isEmpty() ? 2 : 1); // without a value it says nothing either
            registry.unbind(words);
        }
    }

    @Test
    void whatHoldsForTheJobsOfATypeIsToldByType() {
        ConfiguredType words = type(Map.ofEntries(
                Map.entry("timeout.seconds", "120"),
                Map.entry("timeout.max", "600"),
                Map.entry("max.retries", "0"),
                Map.entry("priority", "2"),
                Map.entry("queue", "bulk"),
                Map.entry("retry.base.seconds", "5"),
                Map.entry("retry.factor", "1.5"),
                Map.entry("retry.max.seconds", "60"),
                Map.entry("retry.jitter", "0.2"),
                Map.entry("completed.days", "1"),
                Map.entry("failed.days", "0")));
        registry.bind(words);
        assertThat(registry.rules())
                .containsExactly(Map.entry(
                        "words",
                        new TypeRules(
                                new TypeRules.TypeDefaults(
                                        Duration.ofSeconds(120), Duration.ofSeconds(600), 0, 2, "bulk", Map.of()),
                                null,
                                new Backoff(5, 1.5, 60, 0.2),
                                new TypeRules.KeptDays(1, 0),
                                null,
                                null,
                                HiddenFields.NONE,
                                false)));
        assertThat(registry.settings("words").allows(OLD)).isTrue();

        registry.unbind(words);
        assertThat(registry.rules()).isEmpty();
    }

    @Test
    void itSaysHowManyTimeoutsOfAJobThatMakesProgressDoNotCount() {
        registry.bind(type(Map.of("progress.retries", "500")));
        assertThat(registry.rules().get("words").progressRetries()).isEqualTo(500);
        assertThat(type(Map.of("progress.retries", "10001")).examine())
                .extracting(Finding::problem)
                .containsExactly("invalid progress.retries: use a whole number from 0 to 10000");
    }

    @Test
    void itSaysWhetherJobsInFlightWaitForTheVersionThatTheyBeganWith() {
        registry.bind(type(Map.of("inflight", "wait")));
        assertThat(registry.rules().get("words").holdsInFlight()).isTrue();
        registry.bind(type(Map.of("inflight", "move")));
        assertThat(type(Map.of("inflight", "stay")).examine())
                .extracting(Finding::problem)
                .containsExactly("invalid inflight: use move or wait");
    }

    @Test
    void itSaysHowManyPlacesOfLimitsItsJobsTake() {
        registry.bind(type(Map.of("slots.gpu", "2", "slots.my.cpu", "8")));
        assertThat(registry.rules().get("words").submitted().slots()).isEqualTo(Map.of("gpu", 2, "my.cpu", 8));
        assertThat(type(Map.of("slots.gpu", "0", "slots.g pu", "1")).examine())
                .extracting(Finding::problem)
                .containsExactlyInAnyOrder(
                        "invalid slots.gpu: use a whole number from 1 to 100000",
                        "invalid slots.g pu: a limit name has 1 to 64 of the characters A-Z a-z 0-9 . _ -");
    }

    @Test
    void itSaysWhatOnlyTheSubmitterSees() {
        ConfiguredType bad = type(Map.of("hidden", "log"));
        assertThat(bad.examine()).singleElement().asString().contains("invalid hidden: use payload, result");
        registry.bind(bad);
        assertThat(registry.rules().get("words").hidden())
                .as("it was never right")
                .isEqualTo(HiddenFields.ALL);
        registry.unbind(bad);
        registry.bind(type(Map.of("hidden", "payload.card.number, steps")));
        assertThat(registry.rules().get("words").hidden()).isEqualTo(HiddenFields.parse("steps,payload.card.number"));
    }

    @Test
    void itsJobsDrawOnItsLimitsBesideThoseOfTheHandler() {
        registry.bind(type(Map.of("limits", "models, tenants")));
        assertThat(registry.limits("words", Set.of())).containsExactlyInAnyOrder("models", "tenants");
        assertThat(registry.limits("words", Set.of("models", "openai")))
                .containsExactlyInAnyOrder("models", "tenants", "openai");
        assertThat(registry.limits("other", Set.of("openai"))).containsExactly("openai");
    }

    @Test
    void eachBadValueIsToldWithWhatToUse() {
        ConfiguredType words = type(Map.of(
                "timeout.seconds", "0",
                "heartbeat.seconds", "86401",
                "exclusive", "yes",
                "max.retries", "many",
                "queue", "a b",
                "limits", "models,,tenants",
                "retry.factor", "0.5",
                "retry.jitter", "2"));
        assertThat(words.examine())
                .extracting(Finding::problem)
                .containsExactlyInAnyOrder(
                        "invalid timeout.seconds: use a whole number from 1 to 86400",
                        "invalid heartbeat.seconds: use a whole number from 1 to 86400",
                        "invalid exclusive: use true or false",
                        "invalid max.retries: use a whole number from 0 to 10",
                        "invalid queue: use a name of 1 to 200 of the characters A-Z a-z 0-9 . _ -",
                        "invalid limits: use a name of 1 to 64 of the characters A-Z a-z 0-9 . _ -",
                        "invalid retry.factor: use a number from 1 to 100",
                        "invalid retry.jitter: use a number from 0 to 1");
    }

    @Test
    void aCircuitHasUsualValuesAndIsOffWithoutAPercentage() {
        registry.bind(type(Map.of("circuit.failures.percent", "50", "circuit.pause.seconds", "5")));
        assertThat(registry.rules().get("words").circuit())
                .isEqualTo(new CircuitRules(50, 10, Duration.ofSeconds(60), Duration.ofSeconds(5), 1));
        assertThat(type(Map.of("circuit.probes", "3")).examine())
                .extracting(Finding::problem)
                .containsExactly(
                        "circuit.failures.percent is missing: without it, the circuit never opens; use 1 to 100");
        assertThat(type(Map.of("queue", "circuit.x")).examine()).isEmpty();
    }

    @Test
    void aCanaryHasVersionsAndAShare() {
        assertThat(canary("1.3:5 %")).isEqualTo(rules("[1.3.0,1.4.0)", 5));
        assertThat(canary("1:0.5")).isEqualTo(rules("[1.0.0,2.0.0)", 0.5));
        assertThat(canary("1.3.2 : 100%")).isEqualTo(rules("[1.3.2,1.3.3)", 100));
        assertThat(canary("1.3.2.beta:5 %")).isEqualTo(rules("[1.3.2.beta,1.3.2.beta]", 5));
        assertThat(canary("[1.3,1.5):5 %")).isEqualTo(rules("[1.3.0,1.5.0)", 5));
        registry.bind(type(Map.of(
                "canary", "1.3:5 %",
                "canary.by", "key",
                "canary.min.runs", "7",
                "canary.max.worse.percent", "0",
                "canary.window.seconds", "60")));
        assertThat(registry.rules().get("words").canary())
                .isEqualTo(new CanaryRules("[1.3.0,1.4.0)", 5, CanaryRules.By.KEY, 7, 0, Duration.ofSeconds(60)));
        assertThat(registry.settings("words").isCanary(new Version("1.3.9"))).isTrue();
    }

    private static CanaryRules rules(String versions, double percent) {
        return new CanaryRules(versions, percent, CanaryRules.By.SUBMITTER, 20, 10, Duration.ofHours(1));
    }

    private CanaryRules canary(String text) {
        ConfiguredType type = type(Map.of("canary", text));
        registry.bind(type);
        CanaryRules rules = registry.rules().get("words").canary();
        registry.unbind(type);
        return rules;
    }

    @Test
    void aCanaryThatIsWrongIsRefusedWithWhatToUse() {
        String use = "use a version or version range, a colon and a share, for example 1.3:5 % or [1.3,1.4):0.5 %";
        refused(Map.of("canary", "1.3"), "invalid canary: " + use);
        refused(Map.of("canary", "new:5 %"), "invalid canary: " + use);
        refused(Map.of("canary", "[2,1]:5 %"), "invalid canary: the range contains no version; " + use);
        refused(Map.of("canary", "1.3:101 %"), "invalid canary: a share must be 0 to 100 %; " + use);
        refused(Map.of("canary", "1.3:5 %", "canary.by", "user"), "invalid canary.by: use submitter, key, job");
        refused(
                Map.of("canary.min.runs", "5"),
                "canary is missing: without it, no job is sent to another version; " + use);
    }

    private void refused(Map<String, String> values, String problem) {
        assertThat(type(values).examine()).extracting(Finding::problem).containsExactly(problem);
    }

    @Test
    void oneThatSaysNothingIsRefused() {
        assertThat(type(Map.of()).examine())
                .extracting(Finding::problem)
                .containsExactly("the file has no keys: set at least one, for example timeout.seconds = 120");
    }

    private ConfiguredType type(Map<String, String> values) {
        Map<String, Object> raw = new HashMap<>(values);
        raw.put("service.pid", "io.jobyard.types~words");
        return new ConfiguredType(new FakeInstance(directory), raw);
    }

    private ConfiguredType type(String versions) {
        return new ConfiguredType(new FakeInstance(directory), raw(versions));
    }

    private static Map<String, Object> raw(String versions) {
        return new HashMap<>(Map.of("service.pid", "io.jobyard.types~words", "versions", versions));
    }
}
