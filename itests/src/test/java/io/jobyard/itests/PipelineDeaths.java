// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jobyard.itests.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Jobs of twenty steps, three waits and five children, on one host or several; at a point of each the host that has it ends without a word. */
final class PipelineDeaths {

    /** What the steps give, the signal, the answer, and the five children. */
    private static final int SUM = 20 * 21 / 2 + 100 + 1000 + 15;

    private static final String WAITING = "waiting ";

    private final List<HostProcess> hosts;

    PipelineDeaths(List<HostProcess> hosts) {
        this.hosts = hosts;
    }

    /** Starts the hosts, with the handler. */
    void start() throws Exception {
        for (HostProcess host : hosts) {
            host.takeKey(hosts.get(0));
            host.configure("io.jobyard.worker", "quarantine.host.losses = 0"); // the handler is to end many
            Path deploy = Files.createDirectories(host.instance().resolve("deploy"));
            HandlerJar.write(deploy.resolve("pipeline.jar"), Pipeline.class, "com.acme.pipeline", "1.0.0");
            host.run();
        }
    }

    /** {@code -Dpoints=N} does as many points, drawn by {@code -Dseed=N}; all of them if there are no more. */
    void dieAtSome(int usually) throws Exception {
        List<String> points = new ArrayList<>(Pipeline.points());
        List.of("sleep", "signal", "callback", "children").forEach(wait -> points.add(WAITING + wait));
        long seed = Long.getLong("seed", System.nanoTime());
        Collections.shuffle(points, new Random(seed));
        List<String> some = points.subList(0, Math.min(points.size(), Integer.getInteger("points", usually)));
        System.out.println("PipelineDeaths: seed " + seed + ", " + hosts.size() + " hosts, " + some);
        for (String point : some) {
            dieAt(point);
        }
    }

    private void dieAt(String point) throws Exception {
        Path directory = hosts.get(0).instance();
        Path notes = Files.createFile(directory.resolve("notes " + point + ".txt"));
        Path token = directory.resolve("token " + point + ".txt");
        ObjectNode payload = JsonNodeFactory.instance
                .objectNode()
                .put("notes", notes.toString())
                .put("token", token.toString())
                .put("die", point);
        Path file = Files.writeString(directory.resolve("payload.json"), payload.toString());
        String id = living().json("job:submit pipeline --file " + file + " --label point=" + point.replace(' ', '-'))
                .get("id")
                .asText();
        boolean killed = false;
        for (String reason = ""; !reason.equals("over"); reason = reasonOf(id)) {
            if (!killed && point.equals(WAITING + reason)) {
                killed = true;
                living().kill();
            }
            for (HostProcess host : hosts) {
                if (host.process().isEmpty()) {
                    host.run();
                }
            }
            answer(id, reason, token);
        }
        check(id, point, notes);
    }

    private HostProcess living() {
        return hosts.stream()
                .filter(host -> host.process().isPresent())
                .findFirst()
                .orElse(hosts.get(0));
    }

    /** Why it waits; {@code over} once it has ended, and nothing while it runs or the host that is asked is gone. */
    private String reasonOf(String id) throws Exception {
        return asked("job:show " + id)
                .map(job -> job.get("completedAt").isNull() ? job.get("reason").asText("") : "over")
                .orElse("");
    }

    private void answer(String id, String reason, Path token) throws Exception {
        if (reason.equals("signal")) {
            asked("job:signal " + id + " go 100");
        } else if (reason.equals("callback")) {
            asked("job:callback " + Files.readString(token) + " 1000");
        }
    }

    /** What a host answers; empty if it dies before: the job that goes on by the answer may be the one that ends it. */
    private Optional<JsonNode> asked(String line) throws Exception {
        HostProcess asked = living();
        try {
            return Optional.of(asked.json(line));
        } catch (AssertionError | IOException e) {
            await().atMost(TIMEOUT).until(() -> asked.process().isEmpty()); // or the question was wrong
            return Optional.empty();
        }
    }

    private void check(String id, String point, Path notes) throws Exception {
        JsonNode job = living().json("job:show " + id);
        assertThat(job.get("status").asText()).as(job.toString()).isEqualTo("completed");
        assertThat(job.at("/result/sum").asInt()).isEqualTo(SUM);
        assertThat(job.get("attempt").asInt()).isEqualTo(1);
        Map<String, Long> worked =
                Files.readAllLines(notes).stream().collect(Collectors.groupingBy(line -> line, Collectors.counting()));
        assertThat(worked)
                .as(point)
                .isEqualTo(IntStream.rangeClosed(1, 20)
                        .mapToObj(n -> "step " + n)
                        .collect(Collectors.toMap(step -> step, step -> point.equals("in " + step) ? 2L : 1L)));
        assertThat(job.at("/estimate/step.1").asInt()).isEqualTo(Pipeline.USES);
        JsonNode used = job.get("used");
        for (int n = 1; n <= 20; n++) { // more where the work of a step was cut off
            assertThat(used.path("step." + n).asDouble())
                    .as("what step " + n + " used, at " + point)
                    .isBetween(
                            (double) Pipeline.USES, point.equals("in step " + n) ? 2.0 * Pipeline.USES : Pipeline.USES);
        }
        await().atMost(TIMEOUT) // the index of searches may lag
                .until(() -> living().json("job:list --label parent=" + id)
                                .get("jobs")
                                .size()
                        == 5);
        assertThat(living().jobyard("shell", "job:stream " + id).out()).contains("after step 20");
    }
}
