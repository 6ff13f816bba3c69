// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/** Counts the bundles that have started. */
final class StartedBundles implements SynchronousBundleListener {

    private final StartState state;
    private final AtomicInteger count = new AtomicInteger();

    StartedBundles(StartState state) {
        this.state = state;
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.STARTED && event.getBundle().getBundleId() != 0) {
            state.onNext("starting bundles: " + count.incrementAndGet() + " started");
        }
    }
}
