// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

/** Switch by which an operator drains this host. */
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

    /** Sets the listener for changes; replaces an earlier listener. */
    void onChange(Runnable next) {
        listener = next;
    }
}
