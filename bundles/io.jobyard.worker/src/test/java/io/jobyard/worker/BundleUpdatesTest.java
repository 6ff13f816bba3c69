// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.doubles.Stub;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.Version;

/** Which comings and goings of bundles let one back. */
class BundleUpdatesTest {

    private static final String NAME = "com.acme.bad";

    @TempDir
    private Path data;

    private final List<Bundle> installed = new ArrayList<>();
    private final List<BundleListener> listeners = new ArrayList<>();
    private long made;

    @Test
    void aSuccessorThatIsRefusedLeavesTheOldBundleSetAside() {
        Quarantine quarantine = quarantine();
        Bundle old = install(NAME, "1.0.0");
        quarantine.stuck(Set.of(NAME + " 1.0.0"));

        uninstall(install(NAME, "1.1.0"));
        assertThat(quarantine.why(NAME + " 1.0.0")).isPresent();
        uninstall(install(NAME, "1.0.0"));
        assertThat(quarantine.why(NAME + " 1.0.0")).isPresent();
        uninstall(install("com.acme.other", "1.0.0"));
        assertThat(quarantine.why(NAME + " 1.0.0")).isPresent();

        uninstall(old);
        assertThat(quarantine.why(NAME + " 1.0.0")).isEmpty();
    }

    @Test
    void aSuccessorThatTookTheOldBundlesPlaceServesAlsoIfItHasTheSameVersion() {
        Quarantine quarantine = quarantine();
        Bundle old = install(NAME, "1.0.0");
        quarantine.stuck(Set.of(NAME + " 1.0.0"));
        install(NAME, "1.0.0");
        uninstall(old);
        assertThat(quarantine.why(NAME + " 1.0.0")).isEmpty();
    }

    @Test
    void anUpdateLetsABundleBackWhateverItsVersionIsNow() {
        Quarantine quarantine = quarantine();
        quarantine.stuck(Set.of(NAME + " 1.0.0"));
        tell(BundleEvent.STOPPED, install(NAME, "1.0.0"));
        assertThat(quarantine.why(NAME + " 1.0.0")).isPresent();
        tell(BundleEvent.UPDATED, install(NAME, "1.1.0"));
        assertThat(quarantine.why(NAME + " 1.0.0")).isEmpty();
    }

    private Quarantine quarantine() {
        Quarantine quarantine =
                new Quarantine(() -> 3, new HostLosses(data.resolve("losses")), new WorkerFixture().clock);
        BundleContext context = Stub.<BundleContext>of(BundleContext.class)
                .on("getBundles", arguments -> installed.toArray(Bundle[]::new))
                .get();
        listeners.add(new BundleUpdates(context, quarantine));
        return quarantine;
    }

    private Bundle install(String name, String version) {
        Bundle bundle = Stub.<Bundle>of(Bundle.class)
                .with("getSymbolicName", name)
                .with("getVersion", Version.parseVersion(version))
                .with("getBundleId", ++made)
                .get();
        installed.add(bundle);
        return bundle;
    }

    private void uninstall(Bundle bundle) {
        installed.remove(bundle);
        tell(BundleEvent.UNINSTALLED, bundle);
    }

    private void tell(int type, Bundle bundle) {
        listeners.forEach(listener -> listener.bundleChanged(new BundleEvent(type, bundle)));
    }
}
