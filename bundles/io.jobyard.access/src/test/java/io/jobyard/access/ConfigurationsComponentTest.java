// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.doubles.FakeConfigurationAdmin;
import io.jobyard.doubles.FakeInstance;
import io.jobyard.doubles.Stub;
import io.jobyard.settings.api.Configurations.ConfigurationState;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.metatype.MetaTypeService;

class ConfigurationsComponentTest {

    @TempDir
    private Path instance;

    @Test
    void oneThatIsDeletedMeanwhileIsLeftOut() {
        FakeConfigurationAdmin admin = new FakeConfigurationAdmin();
        admin.put("io.jobyard.limits~a", Map.of("running.max", "3"));
        admin.put("io.jobyard.limits~b", Map.of("running.max", "3"));
        admin.vanishing("io.jobyard.limits~a");
        ConfigurationsComponent component = new ConfigurationsComponent(
                Stub.<BundleContext>of(BundleContext.class)
                        .with("getBundles", new Bundle[0])
                        .get(),
                new FakeInstance(instance),
                admin.service(),
                Stub.<MetaTypeService>of(MetaTypeService.class).get());
        assertThat(component.all()).extracting(ConfigurationState::name).containsExactly("io.jobyard.limits-b");
    }
}
