// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.Finding;
import io.jobyard.api.spi.BundleQuarantine;
import io.jobyard.api.spi.Examiner;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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

    private static final int GONE = BundleEvent.UPDATED | BundleEvent.UNINSTALLED;

    private final BundleContext context;
    private final BundleListener listener = this::changed;
    private final Quarantine quarantine;

    @Activate
    public QuarantineComponent(
            BundleContext context, @Reference WorkerSettingsComponent settings, @Reference Clock clock) {
        this.context = context;
        String instance = Objects.requireNonNullElse(context.getProperty("jobyard.instance"), "");
        quarantine = new Quarantine(
                () -> settings.settings().current().quarantineHostLosses(),
                new Losses(Path.of(instance).toAbsolutePath().resolve("data/losses.properties")),
                clock);
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
        if ((event.getType() & GONE) != 0 && event.getBundle().getSymbolicName() != null) {
            quarantine.forget(event.getBundle().getSymbolicName());
        }
    }
}
