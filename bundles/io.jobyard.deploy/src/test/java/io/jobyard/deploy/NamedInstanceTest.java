// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.jobyard.doubles.FakeInstance;
import io.jobyard.doubles.Stub;
import io.jobyard.settings.api.Instance;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** A framework whose directory nobody has named: its files may be another's. */
class NamedInstanceTest {

    @TempDir
    private Path directory;

    @Test
    void itsConfigurationIsNotRead() {
        Instance other = new FakeInstance(directory, false);

        assertThatIllegalStateException()
                .isThrownBy(() -> new EtcWatcher(
                        other,
                        Stub.<ConfigurationAdmin>of(ConfigurationAdmin.class).get()))
                .withMessageStartingWith("etc/ is not read: framework property jobyard.instance is not set");
    }

    @Test
    void itsBundlesAreNotTaken() {
        Instance other = new FakeInstance(directory, false);

        assertThatIllegalStateException()
                .isThrownBy(() -> new DeployWatcher(
                        Stub.<BundleContext>of(BundleContext.class).get(),
                        other,
                        Stub.<ServiceComponentRuntime>of(ServiceComponentRuntime.class)
                                .get(),
                        new DeploySettingsComponent(other, Map.of())))
                .withMessageStartingWith("deploy/ is not read: framework property jobyard.instance is not set");
    }
}
