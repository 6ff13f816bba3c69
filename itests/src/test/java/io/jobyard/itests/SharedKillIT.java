// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import io.jobyard.store.postgres.PostgresServer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.Rule;
import org.junit.Test;

/**
 * kill -9 of hosts that share a PostgreSQL, and hosts that stand still: {@code -Dcycles=N} does as many, {@code -Dseed=N} picks the same
 * moments again, as far as the machine lets it.
 */
public class SharedKillIT {

    @Rule
    public final HostProcess one = new HostProcess();

    @Rule
    public final HostProcess two = new HostProcess();

    @Rule
    public final HostProcess three = new HostProcess();

    @Test
    public void whatWasAcknowledgedEndsAsItShouldWhicheverHostIsKilled() throws Exception {
        int cycles = Integer.getInteger("cycles", 3);
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("SharedKillIT: seed " + seed + ", " + cycles + " cycles, " + one.instance());
        List<HostProcess> hosts = List.of(one, two, three);
        SharedStorm storm = new SharedStorm(hosts, new Random(seed), PostgresServer.shared());
        storm.start();
        storm.rage(cycles);
        Storm.awaitEnds(one, Duration.ofMinutes(5).plusSeconds(cycles));
        System.out.println("SharedKillIT: seed " + seed + ", " + storm.summary() + "; "
                + storm.checkEnds().summary());
        for (HostProcess host : hosts) {
            host.stop();
        }
    }
}
