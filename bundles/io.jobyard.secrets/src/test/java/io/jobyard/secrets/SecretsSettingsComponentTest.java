// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.Finding;
import io.jobyard.doubles.FakeConfigurationAdmin;
import io.jobyard.doubles.FakeInstance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one configuration and those of its factory, which have the same PID. */
class SecretsSettingsComponentTest {

    private static final String PID = "io.jobyard.secrets";
    private static final SecretUse USE =
            new SecretUse("openai", SecretPurpose.FIELD, null, "call_api", "com.acme.api", "ann", Set.of());

    @TempDir
    private Path instance;

    private final FakeConfigurationAdmin configurations = new FakeConfigurationAdmin();

    @Test
    void whatIsThereAtTheStartIsReadAtOnce() {
        configurations.put(PID, Map.of("directory", "keys"));
        configurations.put(PID + "~p", Map.of("secrets", "openai"));
        SecretsSettingsComponent component = component();
        assertAllowed(component);
        assertDirectory(component, "keys");
        assertThat(component.examine()).isEmpty();
    }

    @Test
    void changesApplyWhenTheyCome() {
        SecretsSettingsComponent component = component();
        assertRefused(component);
        change(component, PID + "~p", Map.of("secrets", "openai"));
        assertAllowed(component);
        change(component, PID + "~p", Map.of("secrets", "mail"));
        assertRefused(component);
        change(component, PID + "~q", Map.of("secrets", "*"));
        assertAllowed(component);
        change(component, PID + "~q", null);
        assertRefused(component);
        change(component, PID, Map.of("directory", "keys"));
        assertDirectory(component, "keys");
        change(component, PID, null);
        assertDirectory(component, "secrets");
    }

    @Test
    void oneThatIsDeletedMeanwhileIsLeftOut() {
        configurations.put(PID, Map.of("directory", "keys"));
        configurations.put(PID + "~p", Map.of("secrets", "openai"));
        configurations.vanishing(PID + "~p");
        SecretsSettingsComponent component = component();
        assertRefused(component);
        assertDirectory(component, "keys");
    }

    @Test
    void theConfigurationsOfOthersAreNotItsOwn() {
        SecretsSettingsComponent component = component();
        change(component, "io.jobyard.roles~p", Map.of("secrets", "openai"));
        assertRefused(component);
    }

    @Test
    void aRefusedPolicyIsAFinding() {
        configurations.put(PID + "~p", Map.of("secret", "openai"));
        assertThat(component().examine()).extracting(Finding::subject).containsOnly(PID + "-p");
    }

    @Test
    void secretsWithoutAnyPolicyAreAFinding() throws Exception {
        Files.createDirectories(instance.resolve("secrets/nested"));
        assertThat(component().examine()).isEmpty();
        Files.writeString(instance.resolve("secrets/a"), "aaaa");
        Files.writeString(instance.resolve("secrets/b"), "bbbb");
        SecretsSettingsComponent component = component();
        assertThat(component.examine())
                .containsExactly(new Finding(
                        PID,
                        instance.resolve("secrets") + " has 2 files but no policy exists, so no job gets a secret",
                        "write etc/io.jobyard.secrets-NAME.cfg, with secrets = NAMES, types = JOB TYPES, bundles ="
                                + " SYMBOLIC NAMES"));
        change(component, PID + "~p", Map.of("secrets", "a"));
        assertThat(component.examine()).isEmpty();
    }

    private static void assertAllowed(SecretsSettingsComponent component) {
        assertThatCode(() -> component.policies().require(USE)).doesNotThrowAnyException();
    }

    private static void assertRefused(SecretsSettingsComponent component) {
        assertThatThrownBy(() -> component.policies().require(USE)).hasMessageContaining("no policy lets");
    }

    private void assertDirectory(SecretsSettingsComponent component, String name) {
        assertThatThrownBy(() -> component.files().read("none"))
                .hasMessageContaining(instance.resolve(name).toString());
    }

    private void change(SecretsSettingsComponent component, String pid, @Nullable Map<String, Object> values) {
        if (values == null) {
            configurations.remove(pid);
        } else {
            configurations.put(pid, values);
        }
        component.configurationEvent(configurations.event(pid));
    }

    private SecretsSettingsComponent component() {
        return new SecretsSettingsComponent(new FakeInstance(instance), configurations.service());
    }
}
