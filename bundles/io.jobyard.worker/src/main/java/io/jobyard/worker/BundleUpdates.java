// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;

/** Releases a bundle that is updated or uninstalled. */
final class BundleUpdates implements BundleListener {

    private final BundleContext context;
    private final Quarantine quarantine;

    BundleUpdates(BundleContext context, Quarantine quarantine) {
        this.context = context;
        this.quarantine = quarantine;
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        if (bundle.getSymbolicName() == null) {
            return;
        }
        if (event.getType() == BundleEvent.UPDATED) {
            quarantine.forget(bundle.getSymbolicName()); // the bundle's version may have changed
        } else if (event.getType() == BundleEvent.UNINSTALLED && !isSuccessor(bundle)) {
            quarantine.forget(bundle.getSymbolicName() + " " + bundle.getVersion());
        }
    }

    /**
     * Returns whether an older bundle with the same name and version was installed at the same time. Then the older bundle is the
     * quarantined one.
     */
    private boolean isSuccessor(Bundle bundle) {
        return Stream.of(context.getBundles())
                .anyMatch(other -> other.getBundleId() < bundle.getBundleId()
                        && bundle.getSymbolicName().equals(other.getSymbolicName())
                        && bundle.getVersion().equals(other.getVersion()));
    }
}
