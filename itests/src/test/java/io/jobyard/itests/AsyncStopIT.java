// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.itests.pending.Pending;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/** A stop with 10,000 asynchronous runs in flight. */
@Category(Storm.class)
public class AsyncStopIT {

    private static final int RUNS = 10_000;
    /** Time of a stop beside the drain, on a machine that other tests share. */
    private static final Duration LONGEST = Duration.ofSeconds(40);

    private static final int MOST_COMMITS = RUNS / 50;

    @Rule
    public final HostProcess host = new HostProcess();

    @Test
    public void allAreGivenBackInFewCommits() throws Exception {
        host.configure("io.jobyard.worker", "async.jobs = " + RUNS, "drain.timeout.seconds = 0");
        Path deploy = Files.createDirectories(host.instance().resolve("deploy"), HostProcess.PRIVATE);
        HandlerJar.write(deploy.resolve("pending.jar"), Pending.class, "com.acme.pending", "1.0.0");
        host.run();
        host.json("job:submit pending {} --times " + RUNS);
        await().atMost(TIMEOUT)
                .until(() -> host.json("job:list --count --status running")
                                .get("total")
                                .asInt()
                        == RUNS);

        long begun = System.nanoTime();
        assertThat(host.process().orElseThrow().destroy()).isTrue();
        host.awaitEnd();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);

        Database database = Database.read(Database.own(host.instance().resolve("data")));
        List<Long> ends = database.rows("feed").stream()
                .map(row -> new FeedRow(row)
                        .changes().stream().filter(AsyncStopIT::isEnd).count())
                .filter(count -> count > 0)
                .toList();
        System.out.println("stop of " + RUNS + " runs: " + took.toMillis() + " ms, " + ends.size() + " commits");
        assertThat(database.rows("running")).isEmpty();
        assertThat(ends.stream().mapToLong(Long::longValue).sum()).isEqualTo(RUNS);
        assertThat(ends).hasSizeLessThan(MOST_COMMITS);
        assertThat(took).isLessThan(LONGEST);
    }

    private static boolean isEnd(FeedRow.Change change) {
        return change.event() != null && change.event().from().equals("running");
    }
}
