// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import java.util.concurrent.TimeUnit;

/**
 * The host stands still for longer than its lease, or for {@code -Dstandstill.seconds=N}: others take back what it runs, and it ends
 * when it hears of that.
 */
final class HostStandstill implements Mishap {

    @Override
    public boolean befall(SharedHost host) throws Exception {
        Signal.STOP.send(host.pid());
        TimeUnit.SECONDS.sleep(Long.getLong(
                "standstill.seconds", SharedHost.LEASE.multipliedBy(2).toSeconds()));
        Signal.CONT.send(host.pid());
        return true;
    }
}
