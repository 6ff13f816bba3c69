// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Schedules of all kinds, whose times go on whatever happens to hosts: {@link ScheduledTimes} looks at their jobs. */
final class StormSchedules {

    static final String EACH = "storm-each";
    static final String QUEUED = "storm-queued";
    static final String ALONE = "storm-alone";
    static final String DELAYED = "storm-delayed";

    static final Duration EACH_EVERY = Duration.ofSeconds(1);
    static final Duration QUEUED_EVERY = Duration.ofSeconds(2);
    static final int ALONE_SECONDS = 3;
    static final Duration ALONE_GRACE = Duration.ofSeconds(5);
    static final Duration DELAY = Duration.ofSeconds(1);

    private static final List<String> ADDED = List.of(
            EACH + " --every " + EACH_EVERY.toSeconds()
                    + "s --overlap allow --missed all:1000 --grace 1s --type echo --payload {}",
            QUEUED + " --every " + QUEUED_EVERY.toSeconds()
                    + "s --overlap queue --missed all:1000 --grace 1s --type sleep --payload {\"millis\":300}",
            ALONE + " --cron '*/" + ALONE_SECONDS
                    + " * * * * *' --zone Asia/Kathmandu --overlap skip --missed last --grace "
                    + ALONE_GRACE.toSeconds() + "s --type sleep --payload {\"millis\":1000}",
            DELAYED + " --delay " + DELAY.toSeconds() + "s --type echo --payload {}");

    private static final int JUST_BEFORE_MILLIS = 60;
    private static final int JUST_BEHIND_MILLIS = 160;
    private static final int MOST_TIMES = 3;

    private final Instant first;

    private StormSchedules(Instant first) {
        this.first = first;
    }

    /** On a host that is up. */
    static StormSchedules begin(Dialogue dialogue) {
        List<JsonNode> added = ADDED.stream()
                .map(schedule -> dialogue.answer("job:schedule add " + schedule))
                .toList();
        return new StormSchedules(Instant.parse(added.get(0).get("next").asText()));
    }

    /** After how long to do something, so that one of the next times is near. */
    int millisToATime(Random random) {
        long every = EACH_EVERY.toMillis();
        long next = Math.floorMod(first.toEpochMilli() - System.currentTimeMillis(), every);
        return (int) (next
                + random.nextInt(MOST_TIMES) * every
                + random.nextInt(-(int) Math.min(JUST_BEFORE_MILLIS, next), JUST_BEHIND_MILLIS));
    }

    /** Lets none of them have more times, and waits until all that there were are decided. */
    static void end(HostProcess host) throws Exception {
        try (Dialogue dialogue = host.dialogue()) {
            dialogue.answer("job:schedule remove " + DELAYED);
            for (String name : List.of(EACH, QUEUED, ALONE)) {
                dialogue.answer("job:schedule change " + name + " --end 1s");
            }
            await().atMost(HostProcess.TIMEOUT)
                    .until(() -> dialogue.answer("job:schedules").findValuesAsText("next").stream()
                            .allMatch(next -> next.isEmpty() || next.equals("null")));
        }
    }
}
