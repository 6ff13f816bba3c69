// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.itests.faults.Deed;
import io.jobyard.itests.faults.Mode;
import io.jobyard.itests.faults.Point;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/**
 * A fault at every step between a call and its durable effect. {@code -Dmodes=HALT,THROW,HANG} puts every kind of fault
 * there, {@code -Dpoints=REGEX} only at some points.
 */
@RunWith(Parameterized.class)
public class FaultsIT {

    @Rule
    public final HostProcess host;

    private final Mode mode;

    public FaultsIT(Mode mode) throws Exception {
        this.mode = mode;
        host = new HostProcess(FaultyProgram.make());
    }

    @Parameters(name = "{0}")
    public static List<Mode> modes() {
        return Stream.of(System.getProperty("modes", "HALT").split(","))
                .map(Mode::valueOf)
                .toList();
    }

    @Test
    public void leavesWhatWasAcknowledged() throws Exception {
        Storm.prepare(host);
        host.configure("io.jobyard.worker", "drain.timeout.seconds = 0", "cancel.grace.seconds = 1");
        Acknowledged acknowledged = Acknowledged.in(Checker.acknowledged(host.instance()));
        List<String> broken = new ArrayList<>();
        for (Point point : points()) {
            Strike strike = new Strike(host, acknowledged, point, mode);
            long begun = System.nanoTime();
            String said = strike.run();
            System.out.printf("FaultsIT: %s %-22s %4.1f s: %s%n", mode, point, (System.nanoTime() - begun) / 1e9, said);
            strike.broken().ifPresent(broken::add);
        }
        end(acknowledged);
        System.out.println(
                "FaultsIT: " + mode + ": " + Checker.checkEnds(host.instance()).summary());
        assertThat(broken).isEmpty();
    }

    /** Those of a new database first: later there is none. */
    private static List<Point> points() {
        String wanted = System.getProperty("points", ".*");
        return Point.all().stream()
                .filter(point -> point.toString().matches(wanted))
                .sorted(Comparator.comparing(point -> point.deed() != Deed.SCHEMA))
                .toList();
    }

    /** What a fault kept from being cancelled or resumed is so now; then every job comes to its end. */
    private void end(Acknowledged acknowledged) throws Exception {
        if (host.process().isEmpty()) {
            host.start();
        }
        try (Dialogue dialogue = host.dialogue()) {
            Client client = new Client(dialogue, acknowledged, host.instance());
            client.ask("job:resume " + Checker.NARROW);
            acknowledged.unanswered().forEach(client::cancel);
        }
        Storm.awaitEnds(host, Duration.ofMinutes(3));
        host.stop();
    }
}
