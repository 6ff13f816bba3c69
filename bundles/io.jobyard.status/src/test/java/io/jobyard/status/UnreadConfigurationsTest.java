// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Finding;
import io.jobyard.doubles.FakeConfigurationAdmin;
import io.jobyard.doubles.Stub;
import io.jobyard.settings.api.SettingsReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

class UnreadConfigurationsTest {

    private static final String FIX = "use one of io.jobyard.limits, io.jobyard.queue";

    private final FakeConfigurationAdmin admin = new FakeConfigurationAdmin();
    private final ServiceComponentRuntime components = Stub.<ServiceComponentRuntime>of(ServiceComponentRuntime.class)
            .with(
                    "getComponentDescriptionDTOs",
                    List.of(
                            component("io.jobyard.queue.QueueSettingsComponent", "io.jobyard.queue"),
                            component("limits", "io.jobyard.limits"),
                            component("io.jobyard.queue.Other", "io.jobyard.queue.Other"),
                            component("foreign", "org.example")))
            .get();

    @Test
    void aConfigurationThatNoComponentReadsIsFound() {
        admin.put("io.jobyard.queue", Map.of());
        admin.put("io.jobyard.limits~gpu", Map.of());
        assertThat(examine()).isEmpty();

        admin.put("io.jobyard.queues", Map.of());
        admin.put("io.jobyard.limit~gpu", Map.of());
        admin.put("io.jobyard.queue.Other", Map.of());

        assertThat(examine())
                .containsExactlyInAnyOrder(
                        new Finding(
                                "io.jobyard.queues",
                                "no bundle reads this configuration (did you mean 'io.jobyard.queue'?)",
                                FIX),
                        new Finding(
                                "io.jobyard.limit~gpu",
                                "no bundle reads this configuration (did you mean 'io.jobyard.limits'?)",
                                FIX),
                        new Finding(
                                "io.jobyard.queue.Other",
                                "no bundle reads this configuration (did you mean 'io.jobyard.queue'?)",
                                FIX));
    }

    @Test
    void aNameThatComesCloseIsFoundToo() {
        admin.put("Jobyard.limits~gpu", Map.of());
        admin.put("com.acme.x", Map.of());
        assertThat(examine()).extracting(Finding::subject).containsExactly("Jobyard.limits~gpu");
    }

    @Test
    void aFileOfAWrongNameIsFoundWithWhatIsWrong() {
        admin.put("my-jobyard.conf", Map.of(SettingsReader.MISNAMED, "its name is not the name of a configuration"));
        admin.put("io.jobyard.limits~gpu", Map.of(SettingsReader.MISNAMED, "told by its reader"));
        assertThat(examine())
                .containsExactly(new Finding(
                        "my-jobyard.conf",
                        "its name is not the name of a configuration",
                        "rename the file, or remove it"));
    }

    /** Config Admin goes through all to list one. */
    @Test
    void aChangeOfOneThatAComponentReadListsNothing() {
        UnreadConfigurations unread = new UnreadConfigurations(admin.service(), components);
        admin.put("io.jobyard.limit~gpu", Map.of());
        assertThat(unread.examine("io.jobyard.limits~gpu", "io.jobyard.limits")).isEmpty();
        assertThat(unread.examine("io.jobyard.limit~gpu", "io.jobyard.limit")).hasSize(1);
        admin.unreadable();
        assertThat(unread.examine("io.jobyard.limits~gpu", "io.jobyard.limits")).isEmpty();
        assertThat(unread.examine("io.jobyard.queue", null)).isEmpty();
        assertThat(unread.examine("io.jobyard.limit~gpu", "io.jobyard.limit"))
                .extracting(Finding::problem)
                .containsExactly("cannot be listed: gone");
    }

    @Test
    void withoutAnyThereIsNothingToFind() {
        assertThat(examine()).isEmpty();
    }

    @Test
    void configurationsThatCannotBeListedAreAFinding() {
        admin.unreadable();
        assertThat(examine()).containsExactly(new Finding("configuration", "cannot be listed: gone", "see the log"));
    }

    private List<Finding> examine() {
        return new UnreadConfigurations(admin.service(), components).examine();
    }

    private static ComponentDescriptionDTO component(String name, String pid) {
        ComponentDescriptionDTO component = new ComponentDescriptionDTO();
        component.name = name;
        component.configurationPid = new String[] {pid};
        return component;
    }
}
