// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import io.jobyard.itests.faults.Mode;
import io.jobyard.itests.faults.Point;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The host stands still for longer than its lease when it has sent all of a transaction and asked whether it may, and has not committed
 * it.
 */
final class CommitStandstill implements Mishap {

    /** Until then it has such a transaction, or has none to make. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Point point;

    CommitStandstill(Point point) {
        this.point = point;
    }

    @Override
    public boolean befall(SharedHost host) throws Exception {
        FaultFile fault = new FaultFile(host.process().instance());
        fault.set(point, Mode.STOP);
        try {
            Awaitility.await().atMost(TIMEOUT).until(fault::hasStruck);
        } catch (ConditionTimeoutException e) {
            if (fault.takeBack()) {
                return false;
            }
        }
        Thread.sleep(SharedHost.LEASE.multipliedBy(2).toMillis());
        Signal.CONT.send(host.pid());
        return true;
    }
}
