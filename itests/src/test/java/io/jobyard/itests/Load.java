// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Jobs of every kind, cancels and retries among them, as chance has it; writes down what the host acknowledged. */
final class Load {

    private static final List<String> POLICIES = List.of("fail", "cancel", "run");
    private static final int RECENT = 20;

    /** Who has the budget. */
    static final String PACED_USER = "ann";

    private final Random random;
    private final Path instance;
    private final Acknowledged acknowledged;
    private final Graphs graphs;

    /** On the host of that instance. */
    Load(Random random, Path instance) throws IOException {
        this.random = random;
        this.instance = instance;
        acknowledged = Acknowledged.in(Checker.acknowledged(instance));
        graphs = new Graphs(random, this::noted);
    }

    Acknowledged acknowledged() {
        return acknowledged;
    }

    /** Asks for so many things, or until the host is gone. */
    void press(Dialogue dialogue, int times) {
        Client client = new Client(dialogue, acknowledged, instance);
        client.submit(graphs.mix()); // a slow machine leaves little time for more
        for (int i = 0; i < times; i++) {
            if (press(client).isEmpty()) {
                return;
            }
        }
    }

    /** Jobs that a rate and a budget hold up. */
    void pace(Dialogue dialogue) {
        String payload = "{\"file\":\"" + Checker.notes(instance) + "\"}";
        new Client(dialogue, acknowledged, instance).submitAs(PACED_USER, graphs.paced(payload));
    }

    private Optional<JsonNode> press(Client client) {
        int chance = acknowledged.jobs().isEmpty() ? 100 : random.nextInt(100);
        if (chance < 10) {
            return client.cancel(recent());
        } else if (chance < 20) {
            return client.retry(recent());
        } else if (chance < 25) {
            return client.submit(graphs.next());
        } else if (chance < 28) {
            return client.submit(StormGroups.lines(random, noted()));
        } else if (chance < 31) {
            return client.submit(StormCanary.lines(random));
        } else if (chance < 34) {
            return client.submit(StormTenants.lines(random));
        } else if (chance < 39) {
            return client.submit("sleep {\"millis\":100}", "key" + random.nextInt(5));
        }
        return client.submit(job());
    }

    private String job() {
        return kind() + " --label 'call=" + Long.toHexString(random.nextLong()) + " of 1'";
    }

    private String kind() {
        return switch (random.nextInt(20)) {
            case 0 -> "sleep {\"millis\":5000} --timeout 1 --retries 1";
            case 1, 2 -> "flaky {\"failures\":1}";
            case 3 -> "flaky {\"failures\":5} --retries 1";
            case 4, 5 -> "sleep {\"millis\":" + random.nextInt(10, 300) + "}";
            case 6 -> "echo {} --after " + random.nextInt(2000) + "ms";
            case 7 -> "sleep {\"millis\":50} --priority 10 --expires 3s";
            case 8, 9 -> "noted " + noted() + " --queue " + Checker.NARROW;
            case 10, 11 ->
                "echo {\"n\":" + random.nextInt() + "} --limits metered --estimate tokens=" + random.nextInt(5);
            case 12, 13, 14, 15 -> "noted " + noted() + dependencies();
            case 16 -> "echo {\"text\":\"" + "x".repeat(3000) + "\"}";
            default -> "echo {} --priority " + random.nextInt(1, 11) + dependencies();
        };
    }

    private String noted() {
        return "{\"file\":\"" + Checker.notes(instance) + "\",\"millis\":" + random.nextInt(100) + ",\"sleeps\":"
                + random.nextInt(2) + ",\"limits\":" + random.nextInt(2) + ",\"laterMillis\":" + random.nextInt(400)
                + "}";
    }

    private String dependencies() {
        if (acknowledged.jobs().isEmpty() || random.nextBoolean()) {
            return "";
        }
        return " --if-dependency-fails " + POLICIES.get(random.nextInt(3)) + " --depends " + recent() + "," + recent();
    }

    private String recent() {
        List<String> jobs = acknowledged.jobs();
        return jobs.get(jobs.size() - 1 - random.nextInt(Math.min(RECENT, jobs.size())));
    }
}
