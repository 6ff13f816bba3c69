// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.exiting;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Ends the process that starts it. */
public final class ExitingStart implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        System.exit(0);
    }

    @Override
    public void stop(BundleContext context) {
        // never started
    }
}
