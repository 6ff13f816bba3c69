// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.Rule;
import org.junit.Test;

/**
 * kill -9 of hosts that share a PostgreSQL, and of the PostgreSQL; hosts that stand still, also between a check and its commit;
 * partitions, lost answers, and clocks that jump: {@code -Dcycles=N} does as many, of those that {@code -Dmishaps=REGEX} names, and
 * {@code -Dseed=N} picks the same moments again, as far as the machine lets it.
 */
public class SharedKillIT {

    @Rule
    public final HostProcess one;

    @Rule
    public final HostProcess two;

    @Rule
    public final HostProcess three;

    public SharedKillIT() throws Exception {
        Path program = FaultyProgram.make();
        one = new HostProcess(program);
        two = new HostProcess(program);
        three = new HostProcess(program);
    }

    @Test
    public void whatWasAcknowledgedEndsAsItShouldWhicheverHostIsKilled() throws Exception {
        int cycles = Integer.getInteger("cycles", 4);
        long seed = Long.getLong("seed", System.nanoTime());
        String mishaps = System.getProperty("mishaps", ".*");
        System.out.println("SharedKillIT: seed " + seed + ", " + cycles + " of " + mishaps + ", " + one.instance());
        List<HostProcess> hosts = List.of(one, two, three);
        try (SharedStorm storm = new SharedStorm(hosts, new Random(seed), mishaps)) {
            storm.start();
            storm.rage(cycles);
            String ends = storm.checkEnds().summary();
            System.out.println("SharedKillIT: seed " + seed + ", " + storm.summary() + "; " + ends);
            for (HostProcess host : hosts) {
                host.stop();
            }
        }
    }
}
