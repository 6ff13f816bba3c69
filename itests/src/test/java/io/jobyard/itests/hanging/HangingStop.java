// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.hanging;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Starts, and never comes back from its stop. */
public final class HangingStop implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        // nothing to start
    }

    @Override
    public void stop(BundleContext context) {
        HangingStart.hang();
    }
}
