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
import java.util.Set;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/**
 * Faults at the steps between a call and its durable effect: at some, or at those that {@code -Dpoints=REGEX} names, and of
 * the kinds that {@code -Dmodes=HALT,THROW,HANG,AWAY} names. {@code -Ddatabase=SQLITE} selects the database.
 */
@RunWith(Parameterized.class)
public class FaultMatrix {

    private static final String SOME =
            "schema.sent|submit.committed|start.committed|outcome.sent|slice.committed|cancel-asked.committed|recover.sent";

    /** What lets days pass. */
    private static final Set<Deed> LATER = Set.of(Deed.FEED_CUT, Deed.PURGE, Deed.AUDIT_CUT);

    @Rule
    public final HostProcess host;

    private final Mode mode;

    public FaultMatrix(Mode mode) throws Exception {
        this.mode = mode;
        host = new HostProcess(FaultyProgram.make()).withExamples();
    }

    @Parameters(name = "{0}")
    public static List<Mode> modes() {
        return Stream.of(System.getProperty("modes", "HALT,THROW").split(","))
                .map(Mode::valueOf)
                .toList();
    }

    @Test
    public void leavesWhatWasAcknowledged() throws Exception {
        HostStorm.prepare(host);
        DatabaseKind.valueOf(System.getProperty("database", "DERBY")).choose(host);
        host.configure(
                "io.jobyard.worker",
                "drain.timeout.seconds = 0",
                "cancel.grace.seconds = 1",
                "quarantine.host.losses = 0"); // no bundle is to blame for these
        host.configure("io.jobyard.retention", "completed.days = 1", "failed.days = 1", "audit.days = 1");
        Acknowledged acknowledged = Acknowledged.in(Checker.acknowledged(host.instance()));
        List<String> broken = new ArrayList<>();
        for (Point point : points()) {
            Strike strike = new Strike(host, acknowledged, point, mode);
            try {
                String said = strike.run();
                String ready = strike.goOn();
                System.out.printf("FaultMatrix: | %s | %s | %s | %s |%n", point, mode, said, ready);
                strike.broken().ifPresent(broken::add);
            } catch (Exception | AssertionError e) { // told below, when the other points are through
                System.out.printf("FaultMatrix: | %s | %s | broken: %s |%n", point, mode, e);
                broken.add(mode + " " + point + ": " + e);
                strike.clear();
            }
        }
        end(acknowledged);
        System.out.println("FaultMatrix: " + mode + ": "
                + Checker.checkEnds(host.instance()).summary());
        assertThat(broken).isEmpty();
        assertThat(host.instance().resolve("fault.unknown")).doesNotExist();
    }

    /** Those of a new database first: later there is none. */
    private static List<Point> points() {
        String wanted = System.getProperty("points", SOME);
        return Point.all().stream()
                .filter(point -> point.toString().matches(wanted))
                .sorted(Comparator.comparing((Point point) -> !point.deed().isOfTheSchema())
                        .thenComparing(point -> LATER.contains(point.deed())))
                .toList();
    }

    /** What a fault kept from being cancelled or resumed is so now; then every job comes to its end. */
    private void end(Acknowledged acknowledged) throws Exception {
        if (host.process().isEmpty()) {
            host.run();
        }
        try (Dialogue dialogue = host.dialogue()) {
            Client client = new Client(dialogue, acknowledged, host.instance());
            client.ask("job:resume " + Checker.NARROW);
            acknowledged.unanswered().forEach(client::cancel);
        }
        HostStorm.awaitEnds(host, Duration.ofMinutes(10));
        host.stop();
    }
}
