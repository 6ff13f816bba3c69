// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Finding;
import io.jobyard.api.spi.SettingsReader;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

class UnreadConfigurationsTest {

    private static final String FIX = "use one of io.jobyard.limits, io.jobyard.queue";

    private final List<Configuration> configurations = new ArrayList<>();
    private boolean broken;
    private final ConfigurationAdmin admin = fake(ConfigurationAdmin.class, "listConfigurations", this::list);
    private final ServiceComponentRuntime components = fake(
            ServiceComponentRuntime.class,
            "getComponentDescriptionDTOs",
            () -> List.of(
                    component("io.jobyard.queue.QueueSettingsComponent", "io.jobyard.queue"),
                    component("limits", "io.jobyard.limits"),
                    component("io.jobyard.queue.Other", "io.jobyard.queue.Other"),
                    component("foreign", "org.example")));

    @Test
    void aConfigurationThatNoComponentReadsIsFound() {
        configuration("io.jobyard.queue", null);
        configuration("io.jobyard.limits~gpu", "io.jobyard.limits");
        assertThat(examine()).isEmpty();

        configuration("io.jobyard.queues", null);
        configuration("io.jobyard.limit~gpu", "io.jobyard.limit");
        configuration("io.jobyard.queue.Other", null);

        assertThat(examine())
                .containsExactly(
                        new Finding("io.jobyard.queues", "nobody reads this configuration", FIX),
                        new Finding("io.jobyard.limit~gpu", "nobody reads this configuration", FIX),
                        new Finding("io.jobyard.queue.Other", "nobody reads this configuration", FIX));
    }

    @Test
    void aNameThatComesCloseIsFoundToo() {
        configuration("Jobyard.limits~gpu", "Jobyard.limits");
        configuration("com.acme.x", null);
        assertThat(examine()).extracting(Finding::subject).containsExactly("Jobyard.limits~gpu");
    }

    @Test
    void aFileOfAWrongNameIsFoundWithWhatIsWrong() {
        configuration("my-jobyard.conf", null, Map.of(SettingsReader.MISNAMED, "its name means nothing"));
        configuration(
                "io.jobyard.limits~gpu", "io.jobyard.limits", Map.of(SettingsReader.MISNAMED, "told by its reader"));
        assertThat(examine())
                .containsExactly(
                        new Finding("my-jobyard.conf", "its name means nothing", "rename the file, or take it away"));
    }

    @Test
    void withoutAnyThereIsNothingToFind() {
        assertThat(examine()).isEmpty();
    }

    @Test
    void configurationsThatCannotBeListedAreAFinding() {
        broken = true;
        assertThat(examine()).containsExactly(new Finding("configuration", "cannot be listed: gone", "see the log"));
    }

    private List<Finding> examine() {
        return new UnreadConfigurations(admin, components).examine();
    }

    private Object list() throws IOException {
        if (broken) {
            throw new IOException("gone");
        }
        return configurations.isEmpty() ? null : configurations.toArray(Configuration[]::new);
    }

    private void configuration(String pid, @Nullable String factoryPid) {
        configuration(pid, factoryPid, Map.of());
    }

    private void configuration(String pid, @Nullable String factoryPid, Map<String, Object> properties) {
        configurations.add((Configuration) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Configuration.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getPid" -> pid;
                    case "getFactoryPid" -> factoryPid;
                    default -> new Hashtable<>(properties);
                }));
    }

    private static ComponentDescriptionDTO component(String name, String pid) {
        ComponentDescriptionDTO component = new ComponentDescriptionDTO();
        component.name = name;
        component.configurationPid = new String[] {pid};
        return component;
    }

    private interface Answer {
        @Nullable
        Object give() throws Exception;
    }

    private static <T> T fake(Class<T> type, String only, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (!method.getName().equals(only)) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return answer.give();
                }));
    }
}
