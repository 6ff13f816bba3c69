// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Groups with an end job, of a storm: the end job runs once, and after all that its group had. */
final class StormGroups {

    private static final int FEW = 8;
    /** More than a commit releases beside an end. */
    private static final int MANY = 120;

    private StormGroups() {}

    /** The lines of a call: the jobs of a new group, and the one that ends it. */
    static List<String> lines(Random random, String noted) {
        int size = random.nextInt(8) == 0 ? MANY : random.nextInt(2, FEW);
        String group = "group-" + Long.toHexString(random.nextLong());
        String label = ",\"labels\":{\"call\":\"" + Long.toHexString(random.nextLong()) + " of " + size + "\"}}";
        List<String> lines = new ArrayList<>();
        for (int n = 1; n < size; n++) {
            String job = size < MANY && random.nextBoolean()
                    ? "{\"type\":\"noted\",\"payload\":" + noted
                    : "{\"type\":\"flaky\",\"payload\":{\"failures\":" + (random.nextInt(10) == 0 ? 1 : 0) + "}";
            lines.add(job + ",\"group\":\"" + group + "\"" + label);
        }
        lines.add("{\"type\":\"noted\",\"payload\":" + noted + ",\"endsGroup\":\"" + group + "\"" + label);
        return lines;
    }

    /** Holds at every moment. The clocks of hosts may be so much apart. How many end jobs have run. */
    static int check(Story story, Duration apart) {
        int run = 0;
        for (Map.Entry<String, Row> end : story.jobs().entrySet()) {
            if (end.getValue().has("ends_group")) {
                List<Event> events = story.histories().get(end.getKey());
                if (events.stream().anyMatch(Event::isStart)) {
                    run++;
                    ranAfterAll(end.getValue(), events, story, apart);
                }
                ranOnce(end.getValue(), events);
            }
        }
        return run;
    }

    private static void ranAfterAll(Row end, List<Event> events, Story story, Duration apart) {
        Instant start =
                events.stream().filter(Event::isStart).findFirst().orElseThrow().at();
        int members = 0;
        for (Map.Entry<String, Row> job : story.jobs().entrySet()) {
            if (job.getValue().text("job_group").equals(end.text("ends_group"))) {
                members++;
                assertThat(story.histories().get(job.getKey()))
                        .as(() -> job.getValue() + " was over before " + end)
                        .anyMatch(event ->
                                event.isFinished() && !event.at().minus(apart).isAfter(start));
            }
        }
        assertThat(end.text("labels")).as("the jobs of a group").contains(" of " + (members + 1) + "\"");
    }

    /** In each of its lives. */
    private static void ranOnce(Row end, List<Event> events) {
        int completions = 0;
        for (Event event : events) {
            completions = event.isRetry() ? 0 : completions + (event.isCompletion() ? 1 : 0);
            assertThat(completions).as(end::toString).isLessThanOrEqualTo(1);
        }
    }
}
