// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.spi.hosting.HostDrain;

/** Whether somebody has asked this host to start nothing more. Safe for use by several threads. */
final class DrainSwitch implements HostDrain {

    private volatile Runnable listener = () -> {};
    private volatile boolean drains;

    @Override
    public boolean drain(boolean now) {
        synchronized (this) {
            if (drains == now) {
                return false;
            }
            drains = now;
        }
        listener.run();
        return true;
    }

    boolean drains() {
        return drains;
    }

    /** Hears of each change, instead of the one before. */
    void onChange(Runnable next) {
        listener = next;
    }
}
