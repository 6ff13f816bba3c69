// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.itests.faults.Deed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What makes a host do a deed. */
final class Scene {

    private static final int FEW = 3;
    /** More than a commit releases beside an end. */
    private static final int MANY = 100;
    /** More changes than lines fit into a row. */
    private static final int FILLING = 40;
    /** Longer than jobs are kept here. */
    private static final Duration LONG = Duration.ofDays(2);

    private final Client client;
    private final Path instance;
    private String id = "";

    /** On the host of that instance. */
    Scene(Client client, Path instance) {
        this.client = client;
        this.instance = instance;
    }

    /** What must be before, while nothing is wrong. */
    void prepare(Deed deed) {
        switch (deed) {
            case RECOVER -> run("sleep {\"millis\":5000}");
            case GIVE_BACK -> run("sleep {\"millis\":30000}"); // longer than a stop takes to begin on a busy machine
            case CANCEL -> id = submit("echo {} --after 1h");
            case CHANGE, PAGE -> {
                id = submit("echo {} --after 1h");
                client.willCancel(id);
            }
            case CANCEL_ASKED, CANCELLED -> run("sleep {\"millis\":60000}");
            case RESUME -> client.ask("job:pause " + Checker.NARROW).orElseThrow();
            case PURGE, AUDIT_CUT -> {
                id = submit("echo {}");
                client.ask("job:await " + id + " 60").orElseThrow();
                new ShiftedClock(instance).jumpBy(LONG);
            }
            case FEED_CUT -> new ShiftedClock(instance).jumpBy(LONG);
            case RETRY -> {
                id = submit("flaky {\"failures\":5} --retries 0");
                client.ask("job:await " + id + " 60").orElseThrow();
            }
            default -> {}
        }
    }

    /** Asks for it; empty if the host did not live to answer, or did not answer. */
    Optional<JsonNode> ask(Deed deed) {
        return switch (deed) {
            case COME_BACK, LOG -> client.submit("flaky {\"failures\":1}");
            case FAIL -> client.submit("flaky {\"failures\":5} --retries 0");
            case EXPIRE -> client.submit("served_by_nobody {} --expires 500ms");
            case DUE -> client.submit("echo {} --after 300ms");
            case RELEASE -> client.submit(fan(FEW));
            case MARK, SLICE, UNMARK -> client.submit(fan(MANY));
            case CANCEL, CANCEL_ASKED, CANCELLED -> client.cancel(id);
            case RETRY -> client.retry(id);
            case PAGE -> fillTheHistory();
            case CHANGE -> client.ask("job:change " + id + " --priority 3");
            case START, LIMIT -> client.submit("echo {} --limits metered");
            case BACKUP -> client.ask("job:backup " + instance.resolve("backup-" + System.nanoTime()));
            case COMPACT -> client.ask("job:compact");
            case AUDIT -> client.ask("job:compact --as nobody");
            case PURGE, AUDIT_CUT -> client.purge(id);
            case RESUME -> client.ask("job:resume " + Checker.NARROW);
            case PAUSE -> client.ask("job:pause " + Checker.NARROW);
            default -> client.submit("echo {}");
        };
    }

    /** Until it does not fit into the job's row. */
    private Optional<JsonNode> fillTheHistory() {
        Optional<JsonNode> answer = Optional.empty();
        for (int n = 0; n < FILLING; n++) {
            answer = client.ask("job:change " + id + " --priority " + (n % 2 + 3));
            if (answer.isEmpty() || answer.get().has("error")) {
                break;
            }
        }
        return answer;
    }

    private String submit(String job) {
        return client.submit(job).orElseThrow().get("id").asText();
    }

    private void run(String job) {
        id = submit(job);
        await().atMost(HostProcess.TIMEOUT)
                .until(() -> client.ask("job:show " + id)
                        .orElseThrow()
                        .get("status")
                        .asText()
                        .equals("running"));
    }

    private static List<String> fan(int size) {
        String parent = "{\"name\":\"0\",\"type\":\"sleep\",\"payload\":{\"millis\":200}}";
        return Stream.concat(
                        Stream.of(parent),
                        IntStream.range(1, size)
                                .mapToObj(n -> "{\"type\":\"echo\",\"payload\":{},\"dependencies\":[\"0\"]}"))
                .toList();
    }
}
