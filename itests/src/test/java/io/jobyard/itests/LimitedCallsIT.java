// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.modelserver.ModelServer;
import io.jobyard.modelserver.SeenCall;
import io.jobyard.modelserver.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.StreamSupport;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/**
 * Jobs of several calls keep a provider's limit, as the provider itself counts, while their host is killed three times. {@code -Dlimited.jobs=N} of each
 * type for more, {@code -Dseed=N} for the same again.
 */
@Category(Storm.class)
public class LimitedCallsIT {

    private static final int JOBS = Integer.getInteger("limited.jobs", 2);
    private static final int KILLS = 3;
    private static final double PER_SECOND = 4;
    private static final int BURST = 4;
    /** How long a call may take from its draw to the provider on a busy machine. */
    private static final double SECONDS_ON_THE_WAY = 2;

    private static final int TURNS = 3;

    @Rule
    public final HostProcess host = new HostProcess();

    /** When each call came, by the monotonic clock. */
    private final List<Long> came = new CopyOnWriteArrayList<>();

    @Test
    public void inNoWindowMoreCallsComeThanTheLimitLetsThrough() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        try (ModelServer server = ModelHost.server(this::turn)) {
            configure(server);
            host.run();
            submit();
            int all = JOBS * 3;
            for (int kill = 0; kill < KILLS; kill++) {
                int soFar = came.size();
                await().atMost(HostProcess.TIMEOUT).until(() -> came.size() > soFar + random.nextInt(4));
                host.kill();
                host.awaitEnd();
                host.run();
            }
            await().atMost(Duration.ofMinutes(5).plusSeconds(JOBS * 20L)).until(() -> completed() == all);
            System.out.println("LimitedCallsIT: seed " + seed + ", " + came.size() + " calls of " + all + " jobs over "
                    + KILLS + " kills");
            requireWindows();
            JsonNode limit = host.json("job:limits").get("limits").get(0);
            assertThat(level(limit, "usd")).isGreaterThan(90); // of 100: estimates came back, also those of killed runs
            assertThat(ModelHost.used(host, "requests")).isLessThanOrEqualTo(came.size());
        }
    }

    private void configure(ModelServer server) throws Exception {
        ModelHost.configure(host, server, "openai");
        host.configure(
                "io.jobyard.secrets-models",
                "secrets = model-key",
                "types = summarize_documents,embed_texts,llm_agent",
                "bundles = io.jobyard.handler.llm");
        host.configure(
                "io.jobyard.limits-provider",
                "rate.requests = " + (int) PER_SECOND + "/s burst " + BURST,
                "budget.usd = 100/d",
                "budget.tokens = 1000000000/d");
        host.configure("io.jobyard.worker", "worker.threads = 8", "quarantine.host.losses = 0");
    }

    /** Some 16 calls for one job of each type. */
    private void submit() throws Exception {
        List<String> commands = new ArrayList<>();
        String text = "It has rained for days and days. ".repeat(60);
        for (int i = 0; i < JOBS; i++) {
            commands.add("job:submit summarize_documents '{\"model\":\"m\",\"texts\":[{\"name\":\"note\",\"text\":\""
                    + text + "\"}],\"chunkTokens\":100,\"maxTokens\":50}' --limits provider --retries 10");
            commands.add(
                    "job:submit embed_texts '{\"model\":\"m\",\"texts\":[\"one\",\"two\",\"three\",\"four\",\"five\"],"
                            + "\"batch\":1}' --limits provider --retries 10");
            commands.add("job:submit llm_agent '{\"model\":\"m\",\"task\":\"count\",\"tools\":[\"count_tokens\"]}'"
                    + " --limits provider --retries 10");
        }
        assertThat(host.json(commands)).hasSize(JOBS * 3);
    }

    private void requireWindows() {
        List<Long> times = came.stream().sorted().toList();
        for (int first = 0; first < times.size(); first++) {
            for (int last = first; last < times.size(); last++) {
                double seconds = (times.get(last) - times.get(first)) / 1e9;
                assertThat(last - first + 1.0)
                        .as("calls within %s s", seconds)
                        .isLessThanOrEqualTo(BURST + PER_SECOND * (seconds + SECONDS_ON_THE_WAY));
            }
        }
    }

    private static double level(JsonNode limit, String unit) {
        return StreamSupport.stream(limit.get("rates").spliterator(), false)
                .filter(rate -> rate.get("unit").asText().equals(unit))
                .mapToDouble(rate -> rate.get("remaining").asDouble())
                .findFirst()
                .orElseThrow();
    }

    private int completed() throws Exception {
        JsonNode byStatus = host.json("job:stats").get("byStatus");
        assertThat(byStatus.path("failed").asInt()).isZero();
        return byStatus.path("completed").asInt();
    }

    private Turn turn(SeenCall call) {
        came.add(System.nanoTime());
        long answered = StreamSupport.stream(call.body().path("messages").spliterator(), false)
                .filter(message -> message.path("role").asText().equals("tool"))
                .count();
        Turn turn = call.body().has("tools") && answered < TURNS - 1
                ? Turn.tool("count_tokens", "{\"text\": \"a word\"}")
                : Turn.text("It rains.");
        return turn.paced(Duration.ofMillis(100), Duration.ZERO);
    }
}
