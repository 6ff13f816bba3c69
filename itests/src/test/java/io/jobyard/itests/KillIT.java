// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/**
 * kill -9 again and again, at moments that chance picks: {@code -Dcycles=N} kills as often, {@code -Dseed=N} picks the same
 * moments again, as far as the machine lets it.
 */
@Category(Storm.class)
public class KillIT {

    @Rule
    public final HostProcess host = new HostProcess().withExamples();

    @Rule
    public final HostProcess restored = new HostProcess().withExamples();

    private final StormHooks hooks;

    /** Prepares an instance before its first start. */
    void prepare(HostProcess instance) throws IOException {}

    public KillIT() throws IOException {
        hooks = new StormHooks();
    }

    @After
    public void close() {
        hooks.close();
    }

    @Test
    public void whatWasAcknowledgedEndsAsItShouldWhateverIsKilled() throws Exception {
        int cycles = Integer.getInteger("cycles", 5);
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("KillIT: seed " + seed + ", " + cycles + " kills, " + host.instance());
        Duration timeout = Duration.ofMinutes(5).plusSeconds(cycles);
        prepare(host);
        prepare(restored);
        HostStorm storm = new HostStorm(host, new Random(seed), hooks);
        storm.rage(cycles);
        host.run();
        storm.end();
        HostStorm.awaitEnds(host, timeout);
        host.stop();
        System.out.println("KillIT: seed " + seed + ", " + cycles + " kills, " + storm.summary() + "; "
                + Checker.checkEnds(host.instance()).summary() + "; " + host.storedBytes() / 1_000_000 + " MB stored");

        storm.restore(restored);
        restored.run();
        StormSchedules.end(restored);
        HostStorm.awaitEnds(restored, timeout);
        restored.stop();
        System.out.println("KillIT: the last backup: "
                + Checker.checkEnds(restored.instance()).summary());
    }
}
