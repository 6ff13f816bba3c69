// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.Finding;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;

/** The one configuration and those of its factory, which have the same PID. */
class SecretsSettingsComponentTest {

    private static final String PID = "io.jobyard.secrets";
    private static final Use USE = new Use("openai", "call_api", "com.acme.api", "ann", Set.of());

    @TempDir
    private Path instance;

    private final Map<String, Map<String, String>> configurations = new LinkedHashMap<>();

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
                        instance.resolve("secrets") + " has 2 files and there is no policy: no job gets a secret",
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

    private void change(SecretsSettingsComponent component, String pid, @Nullable Map<String, String> values) {
        configurations.compute(pid, (known, before) -> values);
        int type = values == null ? ConfigurationEvent.CM_DELETED : ConfigurationEvent.CM_UPDATED;
        ServiceReference<ConfigurationAdmin> source = fake(ServiceReference.class, Map.of());
        component.configurationEvent(new ConfigurationEvent(source, type, factory(pid), pid));
    }

    private SecretsSettingsComponent component() {
        return new SecretsSettingsComponent(InstanceFixture.context(instance), admin());
    }

    private ConfigurationAdmin admin() {
        return (ConfigurationAdmin) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ConfigurationAdmin.class}, (proxy, method, arguments) -> {
                    assertThat(arguments)
                            .containsExactly("(|(service.pid=" + PID + ")(service.factoryPid=" + PID + "))");
                    Configuration[] ours = configurations.keySet().stream()
                            .filter(pid -> pid.equals(PID) || pid.startsWith(PID + "~"))
                            .map(this::configuration)
                            .toArray(Configuration[]::new);
                    return ours.length == 0 ? null : ours;
                });
    }

    private Configuration configuration(String pid) {
        Dictionary<String, Object> values = new Hashtable<>(configurations.get(pid));
        values.put("service.pid", pid);
        return fake(Configuration.class, Map.of("getPid", pid, "getProperties", values));
    }

    private static @Nullable String factory(String pid) {
        return pid.contains("~") ? pid.substring(0, pid.indexOf('~')) : null;
    }

    @SuppressWarnings("unchecked")
    private static <T> T fake(Class<? super T> type, Map<String, Object> answers) {
        return (T) Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName()));
    }
}
