// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import io.jobyard.itests.DatabaseProxy.Flow;
import io.jobyard.itests.DatabaseProxy.Way;
import java.time.Duration;
import java.util.Random;
import java.util.Set;

/** What one or both of the host and its database say does not reach the other for a while, shorter or longer than a lease. */
final class Partition implements Mishap {

    private final Set<Way> ways;
    private final Random random;

    Partition(Set<Way> ways, Random random) {
        this.ways = ways;
        this.random = random;
    }

    @Override
    public boolean befall(SharedHost host) throws Exception {
        Duration lease = SharedHost.LEASE;
        int millis = (int) lease.toMillis();
        int length = random.nextBoolean() ? random.nextInt(millis) : random.nextInt(millis + millis / 2, 2 * millis);
        Flow flow = random.nextBoolean() ? Flow.HELD : Flow.LOST;
        ways.forEach(way -> host.proxy().set(way, flow));
        Thread.sleep(length);
        host.proxy().heal(random.nextBoolean());
        return true;
    }
}
