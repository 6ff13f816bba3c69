// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.Finding;
import io.jobyard.api.spi.BundleQuarantine;
import io.jobyard.api.spi.Examiner;
import io.jobyard.settings.api.Instance;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Offers the quarantine as a service; whoever updates or uninstalls a bundle lets it back. */
@Component(service = {QuarantineComponent.class, BundleQuarantine.class, Examiner.class})
public final class QuarantineComponent implements BundleQuarantine, Examiner {

    private final BundleContext context;
    private final BundleListener listener = this::changed;
    private final Quarantine quarantine;

    @Activate
    public QuarantineComponent(
            BundleContext context,
            @Reference Instance instance,
            @Reference WorkerSettingsComponent settings,
            @Reference Clock clock) {
        this(
                context,
                new Quarantine(
                        () -> settings.current().quarantineHostLosses(),
                        new HostLosses(instance.data().resolve("losses.properties")),
                        clock));
    }

    QuarantineComponent(BundleContext context, Quarantine quarantine) {
        this.context = context;
        this.quarantine = quarantine;
        context.addBundleListener(listener);
    }

    @Deactivate
    void stop() {
        context.removeBundleListener(listener);
    }

    Quarantine quarantine() {
        return quarantine;
    }

    @Override
    public void hostBegan(Set<String> bundles) {
        quarantine.hostBegan(bundles);
    }

    @Override
    public void release(String bundle) {
        quarantine.release(bundle);
    }

    @Override
    public List<Finding> examine() {
        return quarantine.findings();
    }

    private void changed(BundleEvent event) {
        Bundle bundle = event.getBundle();
        if (bundle.getSymbolicName() == null) {
            return;
        }
        if (event.getType() == BundleEvent.UPDATED) {
            quarantine.forget(bundle.getSymbolicName()); // its version may be another one now
        } else if (event.getType() == BundleEvent.UNINSTALLED && !isSuccessor(bundle)) {
            quarantine.forget(bundle.getSymbolicName() + " " + bundle.getVersion());
        }
    }

    /** Whether it stood beside an older bundle of its name and version, which is the one that was set aside. */
    private boolean isSuccessor(Bundle bundle) {
        return Stream.of(context.getBundles())
                .anyMatch(other -> other.getBundleId() < bundle.getBundleId()
                        && bundle.getSymbolicName().equals(other.getSymbolicName())
                        && bundle.getVersion().equals(other.getVersion()));
    }
}
