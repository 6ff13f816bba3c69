// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/**
 * kill -9 of hosts that share a PostgreSQL, and of the PostgreSQL; hosts that stand still, also between a check and its commit;
 * partitions, lost answers, and clocks that jump: {@code -Dcycles=N} does as many, of those that {@code -Dmishaps=REGEX} names, and
 * {@code -Dseed=N} picks the same moments again, as far as the machine lets it.
 */
@Category(Storm.class)
public class SharedKillIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @Rule
    public final HostProcess one;

    @Rule
    public final HostProcess two;

    @Rule
    public final HostProcess three;

    public SharedKillIT() throws Exception {
        Path program = FaultyProgram.make();
        one = new HostProcess(program).withExamples();
        two = new HostProcess(program).withExamples();
        three = new HostProcess(program).withExamples();
    }

    @Test
    public void whatWasAcknowledgedEndsAsItShouldWhicheverHostIsKilled() throws Exception {
        int cycles = Integer.getInteger("cycles", 2);
        long seed = Long.getLong("seed", System.nanoTime());
        String mishaps = System.getProperty("mishaps", ".*");
        System.out.println("SharedKillIT: seed " + seed + ", " + cycles + " of " + mishaps + ", " + one.instance());
        List<HostProcess> hosts = List.of(one, two, three);
        try (StormHooks hooks = new StormHooks();
                SharedStorm storm = new SharedStorm(hosts, new Random(seed), mishaps, hooks)) {
            storm.start();
            storm.rage(cycles);
            Checker ends = storm.checkEnds();
            System.out.println("SharedKillIT: seed " + seed + ", " + storm.summary(ends) + "; " + ends.summary());
            askFromAfar();
            for (HostProcess host : hosts) {
                host.stop();
            }
        }
    }

    /** What a host is asked through another one, and what that one knows of it. */
    private void askFromAfar() throws Exception {
        three.configure("io.jobyard.limits-fax", "running.max = 2");
        String drained = name(two);
        assertThat(one.json("job:drain " + drained).get("draining").asBoolean()).isTrue();
        String sleeper =
                two.json("job:submit sleep {\"millis\":3600000}").get("id").asText();
        await().atMost(TIMEOUT)
                .until(
                        () -> two.json("job:show " + sleeper)
                                .at("/progress/text")
                                .asText(),
                        "asleep"::equals);
        assertThat(two.json("job:show " + sleeper).get("host").asText()).isNotEqualTo(drained);
        two.json("job:cancel " + sleeper);
        assertThat(one.json("job:drain --end " + drained).get("draining").asBoolean())
                .isFalse();
        await().atMost(TIMEOUT)
                .until(() -> two.jobyard("shell", "job:doctor").out(), said -> said.contains("io.jobyard.limits-fax"));
    }

    private static String name(HostProcess of) throws Exception {
        long process = of.process().orElseThrow().pid();
        return of.json("job:hosts").get("hosts").findValuesAsText("name").stream()
                .filter(name -> name.endsWith(":" + process))
                .findFirst()
                .orElseThrow();
    }
}
