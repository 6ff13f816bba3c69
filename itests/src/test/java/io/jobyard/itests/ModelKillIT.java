// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.modelserver.Charge;
import io.jobyard.modelserver.ModelServer;
import io.jobyard.modelserver.SeenCall;
import io.jobyard.modelserver.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/**
 * Kills the host while its jobs are told answers, some of which the provider turns away at first. {@code -Dkills=N -Dcalls=N} for more, {@code
 * -Dseed=N} for the same again.
 */
@Category(Storm.class)
public class ModelKillIT {

    private static final int CALLS = Integer.getInteger("calls", 48);
    private static final int KILLS = Integer.getInteger("kills", 2);
    private static final int CALLS_AT_ONCE = 8;
    private static final String ANSWER = "word ".repeat(30).strip();

    @Rule
    public final HostProcess host = new HostProcess();

    private final AtomicInteger begun = new AtomicInteger();

    @Test
    public void whatIsPaidIsStoredOrWasOnItsWayAtAKill() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        try (ModelServer server = ModelHost.server(this::turn)) {
            ModelHost.configure(host, server, "openai");
            host.configure("io.jobyard.worker", "async.jobs = " + CALLS_AT_ONCE, "quarantine.host.losses = 0");
            host.run();
            List<String> ids = submit();
            for (int kill = 0; kill < KILLS; kill++) {
                int soFar = begun.get();
                await().atMost(HostProcess.TIMEOUT).until(() -> begun.get() > soFar);
                Thread.sleep(random.nextInt(2_000)); // anywhere in an answer
                host.kill();
                host.awaitEnd();
                host.run();
            }
            await().atMost(Duration.ofMinutes(5).plusSeconds(CALLS)).until(() -> over() == CALLS);
            assertThat(host.json("job:stats").at("/byStatus/completed").asInt()).isEqualTo(CALLS);

            List<Charge> charges = server.account().charges();
            System.out.println("ModelKillIT: seed " + seed + ", " + KILLS + " kills, " + charges.size()
                    + " calls paid for " + CALLS + " answers");
            assertThat(charges).hasSize(begun.get());
            assertThat(charges.size()).isBetween(CALLS, CALLS + KILLS * CALLS_AT_ONCE);
            long told = 0;
            for (JsonNode answer :
                    host.json(ids.stream().map(id -> "job:result " + id).toList())) {
                JsonNode result = answer.get("result");
                assertThat(result.get("text").asText()).isEqualTo(ANSWER);
                told += result.at("/usage/inputTokens").asLong()
                        + result.at("/usage/outputTokens").asLong();
            }
            int lost = charges.size() - CALLS;
            long charged = charges.stream().mapToLong(ModelKillIT::tokens).sum();
            long largest = charges.stream().mapToLong(ModelKillIT::tokens).max().orElseThrow();
            double used = ModelHost.used(host, "tokens");
            assertThat(used) // what a run told may be stored a moment before its step
                    .isBetween((double) Math.max(told, charged - lost * largest), (double) charged);
        }
    }

    private static long tokens(Charge charge) {
        return charge.inputTokens() + charge.outputTokens();
    }

    private int over() throws Exception {
        JsonNode byStatus = host.json("job:stats").get("byStatus");
        return byStatus.path("completed").asInt() + byStatus.path("failed").asInt();
    }

    /** With many retries: the oldest run again after each kill, and many kills are a job's own crashes to a host. */
    private List<String> submit() throws Exception {
        List<String> commands = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            commands.add("job:submit chat_completion"
                    + " '{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"number " + i + "\"}]}'"
                    + " --retries 10");
        }
        return host.json(commands).stream()
                .map(submitted -> submitted.get("id").asText())
                .toList();
    }

    private Turn turn(SeenCall call) {
        if (call.number() == 1 && call.prompt().endsWith("3")) {
            return Turn.refused(429, "slow down").header("retry-after", "1");
        }
        begun.incrementAndGet();
        return Turn.text(ANSWER).paced(Duration.ZERO, Duration.ofMillis(50));
    }
}
