// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.itests.faults.Mode;
import io.jobyard.itests.faults.Point;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/** The database goes and comes back while the host runs: nothing is lost, nothing happens twice, nobody restarts it. */
@Category(Storm.class)
public class OutageIT {

    private static final List<String> IN_THE_MIDDLE =
            List.of("submit.sent", "submit.committed", "start.committed", "outcome.sent", "outcome.committed");
    private static final String AWAY = "the database d"; // does not answer, did not answer
    private static final int OUTAGES = 3;
    private static final int REQUESTS = 150;

    @Rule
    public final HostProcess host;

    public OutageIT() throws Exception {
        host = new HostProcess(FaultyProgram.make()).withExamples();
    }

    @Before
    public void start() throws Exception {
        HostStorm.prepare(host);
        host.configure("io.jobyard.worker", "drain.timeout.seconds = 1", "cancel.grace.seconds = 1");
        host.run();
    }

    @Test
    public void theHostPausesSaysSoAndGoesOnByItself() throws Exception {
        long process = host.process().orElseThrow().pid();
        aSubmitIsRefusedAndTheDoctorSaysWhy();
        Acknowledged acknowledged = Acknowledged.in(Checker.acknowledged(host.instance()));
        for (Point point : Point.all()) {
            if (IN_THE_MIDDLE.contains(point.toString())) {
                String said = new Strike(host, acknowledged, point, Mode.AWAY).run();
                System.out.println("OutageIT: " + point + ": " + said);
            }
        }
        underLoad();
        HostStorm.awaitEnds(host, Duration.ofMinutes(2));
        assertThat(host.process().orElseThrow().pid()).isEqualTo(process);
        host.stop();
        System.out.println("OutageIT: " + Checker.checkEnds(host.instance()).summary());
    }

    @Test
    public void aHostWhoseDatabaseIsAwayStopsAndRunsAgainWhatItCouldNotStore() throws Exception {
        String id;
        try (Dialogue dialogue = host.dialogue()) {
            id = dialogue.answer("job:submit sleep {\"millis\":3000}").get("id").asText();
            await().atMost(TIMEOUT)
                    .until(() -> dialogue.answer("job:show " + id)
                            .get("status")
                            .asText()
                            .equals("running"));
        }
        Outage.of(host, host::stop);
        host.run();
        assertThat(host.json("job:await " + id + " 60").get("status").asText()).isEqualTo("completed");
    }

    private void aSubmitIsRefusedAndTheDoctorSaysWhy() throws Exception {
        try (Dialogue dialogue = host.dialogue()) {
            dialogue.answer("job:stats");
            Outage.of(host, () -> {
                assertThat(message(dialogue.answer("job:submit echo {}")))
                        .startsWith("the database does not answer: ")
                        .endsWith("; nothing was stored")
                        .doesNotContain("\n");
                JsonNode unread = dialogue.answer("job:list");
                assertThat(message(unread))
                        .startsWith("the database did not answer: ")
                        .doesNotContain("\n");
                assertThat(unread.at("/error/fix").asText()).isEqualTo("try again");
                assertThat(dialogue.answer("job:doctor").toString()).contains(AWAY);
                assertThat(host.jobyard("status").out()).startsWith("running");
            });
            await().atMost(TIMEOUT)
                    .until(() -> !dialogue.answer("job:doctor").toString().contains(AWAY));
            String id = dialogue.answer("job:submit echo {}").get("id").asText();
            assertThat(dialogue.answer("job:await " + id + " 60").get("status").asText())
                    .isEqualTo("completed");
            assertThat(dialogue.answer("job:stats").get("total").asInt()).isEqualTo(1);
        }
    }

    private static String message(JsonNode answer) {
        return answer.at("/error/message").asText();
    }

    private void underLoad() throws Exception {
        Load load = new Load(new Random(7), host.instance());
        try (Dialogue dialogue = host.dialogue()) {
            StormTenants.begin(dialogue);
            CompletableFuture<Void> pressed = CompletableFuture.runAsync(() -> load.press(dialogue, REQUESTS));
            for (int outages = 0; outages < OUTAGES; outages++) {
                int answered = load.acknowledged().jobs().size();
                await().atMost(TIMEOUT)
                        .until(() ->
                                pressed.isDone() || load.acknowledged().jobs().size() > answered + 10);
                Outage.of(host, () -> Thread.sleep(1_500)); // so long that everybody who works meets it
            }
            pressed.join();
        }
    }
}
