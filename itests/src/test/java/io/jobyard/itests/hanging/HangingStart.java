// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.hanging;

import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Never comes back from its start, whoever interrupts it. */
public final class HangingStart implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        hang();
    }

    @Override
    public void stop(BundleContext context) {
        hang();
    }

    static void hang() {
        while (true) {
            Thread.interrupted();
            LockSupport.park();
        }
    }
}
