// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** kill -9 of the host, and again while it starts. */
final class StartKill implements Mishap {

    private static final int LONGEST_MILLIS = 6_000;

    private final Random random;

    StartKill(Random random) {
        this.random = random;
    }

    @Override
    public boolean befall(SharedHost host) throws Exception {
        host.process().kill();
        Process start = host.process().begin("run");
        await().atMost(HostProcess.TIMEOUT)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> !start.isAlive() || host.process().process().isPresent());
        Thread.sleep(random.nextInt(LONGEST_MILLIS));
        host.process().kill();
        assertThat(start.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return true;
    }
}
