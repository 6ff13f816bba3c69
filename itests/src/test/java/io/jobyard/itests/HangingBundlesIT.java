// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.itests.HostProcess.Outcome;
import io.jobyard.itests.exiting.ExitingStart;
import io.jobyard.itests.hanging.HangingStart;
import io.jobyard.itests.hanging.HangingStop;
import io.jobyard.itests.unmade.HangingConstructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/** Bundles in {@code deploy/} that do not return, or that end the process. */
@Category(Storm.class)
public class HangingBundlesIT {

    @Rule
    public final HostProcess host = new HostProcess();

    private Path deploy;

    @Before
    public void configure() throws Exception {
        deploy = Files.createDirectories(host.instance().resolve("deploy"), HostProcess.PRIVATE);
        host.configure("io.jobyard.deploy", "deploy.timeout.seconds = 3");
        HandlerJar.write(deploy.resolve("words.jar"), "1.2.0");
    }

    @Test
    public void aHangingStartAndConstructorAreNamedTheOthersServeAndTheHostStops() throws Exception {
        HandlerJar.writeActivator(deploy.resolve("astart.jar"), HangingStart.class, "com.acme.start");
        HandlerJar.write(deploy.resolve("constructor.jar"), HangingConstructor.class, "com.acme.constructor", "1.0.0");
        Outcome started = host.jobyard("start");
        assertThat(started.exit()).as(started.err()).isZero();
        assertThat(started.err().lines())
                .hasSize(2)
                .anyMatch(
                        line -> line.startsWith("jobyard: deploy/astart.jar is not in use: the start of com.acme.start"
                                        + " 1.0.0 did not return within 3 s, in ")
                                && line.contains(HangingStart.class.getName() + ".start(HangingStart.java:"))
                .anyMatch(line -> line.startsWith("jobyard: deploy/constructor.jar is not in use: the start of")
                        && line.contains(HangingConstructor.class.getName() + ".<init>("));
        assertThat(host.json("job:submit word_count '{\"text\":\"one\"}' --await")
                        .get("status")
                        .asText())
                .isEqualTo("completed");
        assertThat(host.json("job:doctor").findValuesAsText("problem"))
                .anyMatch(problem -> problem.startsWith("deploy/astart.jar (com.acme.start 1.0.0) is not in use"))
                .anyMatch(problem -> problem.startsWith("deploy/constructor.jar (com.acme.constructor 1.0.0) is not"));
        stopsWithin(Duration.ofSeconds(60));
        assertThat(host.log()).contains("com.acme.start 1.0.0 (").contains("does not stop; the host stops without it");
    }

    @Test
    public void aHangingStopHoldsUpNeitherAnUpdateNorTheStopOfTheHost() throws Exception {
        HandlerJar.writeActivator(deploy.resolve("stop.jar"), HangingStop.class, "com.acme.stop");
        host.start();
        String id = host.json("job:submit word_count '{\"text\":\"one\"}' --await")
                .get("id")
                .asText();
        stopsWithin(Duration.ofSeconds(60));
        assertThat(host.log())
                .contains(
                        "com.acme.stop 1.0.0 (",
                        "does not stop; the host stops without it",
                        HangingStop.class.getName() + ".stop(");
        host.start();
        assertThat(host.json("job:show " + id).get("status").asText()).isEqualTo("completed");
        assertThat(host.json("job:history " + id).findValuesAsText("reason")).doesNotContain("host lost");
        Files.delete(deploy.resolve("stop.jar"));
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(host.json("job:doctor").findValuesAsText("problem"))
                        .anyMatch(problem -> problem.startsWith(
                                "deploy/stop.jar: the stop of com.acme.stop 1.0.0 did not return within 3 s, in ")));
        HandlerJar.write(deploy.resolve("words.jar"), "1.3.0");
        await().atMost(TIMEOUT)
                .until(() -> host.json("job:handlers").get("files").toString().contains("word_count 1.3.0"));
        stopsWithin(Duration.ofSeconds(60));
    }

    @Test
    public void aJarThatEndsTheHostInItsStartTwiceIsQuarantinedByItsHash() throws Exception {
        Path jar = HandlerJar.writeActivator(deploy.resolve("exit.jar"), ExitingStart.class, "com.acme.exit");
        for (int end = 0; end < 2; end++) {
            host.jobyard("start"); // which it may cut short
            host.awaitEnd();
            assertThat(host.log()).doesNotContain("is quarantined");
        }
        Outcome started = host.jobyard("start");
        assertThat(started.exit()).as(started.err()).isZero();
        assertThat(started.err())
                .startsWith(
                        "jobyard: deploy/exit.jar is not in use: it is quarantined: the host exited 2 times in a row")
                .contains(HandlerJar.build(jar));
        assertThat(host.json("job:submit word_count '{\"text\":\"one\"}' --await")
                        .get("status")
                        .asText())
                .isEqualTo("completed");
        host.stop();
    }

    private void stopsWithin(Duration most) throws Exception {
        long begun = System.nanoTime();
        Outcome stopped = host.jobyard("stop");
        assertThat(stopped.exit()).as(stopped.err()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(most);
        assertThat(host.process()).isEmpty();
    }
}
