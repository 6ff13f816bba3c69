// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.itests.press.Press;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/**
 * Every statement takes a second while more threads submit than the store lets wait: callers are held and then refused,
 * and the host does not grow. {@code -Dslow.seconds=300} goes on for five minutes.
 */
@Category(Storm.class)
public class SlowDatabaseIT {

    private static final int SECONDS = Integer.getInteger("slow.seconds", 15);
    /** To store the start of a run takes some statements. */
    private static final int START_SECONDS = 8;

    private static final int SUBMITTERS = 1_300;
    /** Java makes and ends a few for itself. */
    private static final int MORE_THREADS = 5;
    /** The heap that a host has by default, less what any collector wants to work with. */
    private static final int MEGABYTES = 192;

    @Rule
    public final HostProcess host;

    public SlowDatabaseIT() throws Exception {
        host = new HostProcess(FaultyProgram.make());
    }

    @Test
    public void holdsCallersAndThenRefusesThemAndTheHostStaysAsItIs() throws Exception {
        Path deploy = Files.createDirectories(host.instance().resolve("deploy"));
        HandlerJar.write(deploy.resolve("press.jar"), Press.class, "com.acme.press", "1.0.0");
        host.run();
        host.json("job:submit echo {} --times 20 --await"); // so that every thread there is has been started
        Path slow = host.instance().resolve("slow");
        Files.writeString(slow, "1000");
        String id = host.json("job:submit press {\"submitters\":" + SUBMITTERS + ",\"seconds\":" + SECONDS
                        + "} --timeout 3600 --retries 0")
                .get("id")
                .asText();
        TimeUnit.SECONDS.sleep(SECONDS + START_SECONDS); // while it submits
        Files.delete(slow);

        JsonNode job = host.json("job:await " + id + " 60");
        JsonNode result = job.get("result");
        System.out.println("SlowDatabaseIT: " + SECONDS + " s: " + result);
        assertThat(job.get("status").asText()).as(job.toString()).isEqualTo("completed");
        assertThat(result.get("stored").asInt()).isPositive();
        assertThat(result.get("refused").asInt()).isPositive();
        int most = result.get("threadsBefore").asInt() + MORE_THREADS;
        assertThat(result.get("threads"))
                .allSatisfy(count -> assertThat(count.asInt()).isLessThanOrEqualTo(most));
        assertThat(result.get("heapMegabytes"))
                .allSatisfy(used -> assertThat(used.asInt()).isLessThan(MEGABYTES));
        HostStorm.awaitEnds(host, Duration.ofMinutes(2));
        assertThat(host.json("job:stats").at("/byStatus/completed").asInt())
                .isEqualTo(result.get("stored").asInt() + 21);
    }
}
