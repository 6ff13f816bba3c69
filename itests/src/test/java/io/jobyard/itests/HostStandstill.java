// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

/** The host stands still for longer than its lease: others take back what it runs, and it ends when it hears of that. */
final class HostStandstill implements Mishap {

    @Override
    public boolean befall(SharedHost host) throws Exception {
        Signal.STOP.send(host.pid());
        Thread.sleep(SharedHost.LEASE.multipliedBy(2).toMillis());
        Signal.CONT.send(host.pid());
        return true;
    }
}
