// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

/** Whether somebody has asked this host to start nothing more. */
final class DrainSwitch {

    private volatile Runnable listener = () -> {};
    private volatile boolean drains;

    void drain(boolean now) {
        synchronized (this) {
            if (drains == now) {
                return;
            }
            drains = now;
        }
        listener.run();
    }

    boolean drains() {
        return drains;
    }

    /** Hears of each change, instead of the one before. */
    void onChange(Runnable next) {
        listener = next;
    }
}
