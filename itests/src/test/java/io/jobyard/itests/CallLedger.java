// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Compares the calls of each job with its stored answer and its usage. */
final class CallLedger {

    private final String answer;
    /** Jobs by their calls under way at a kill, and by the tokens stored for those calls. */
    private final Map<String, Integer> underWay = new TreeMap<>();

    private long told;
    private long used;

    CallLedger(String answer) {
        this.answer = answer;
    }

    /** Checks that the answer is stored once, and that only a kill made the job call again. */
    void check(JsonNode job, JsonNode history, int calls) {
        String id = job.get("id").asText();
        assertThat(job.at("/result/text").asText()).as(id).isEqualTo(answer);
        assertThat(job.get("steps")).as(id).hasSize(1);
        long ends = StreamSupport.stream(history.get("events").spliterator(), false)
                .filter(event -> event.get("to").asText().equals("completed"))
                .count();
        assertThat(ends).as(id).isEqualTo(1);
        long losses = StreamSupport.stream(history.get("events").spliterator(), false)
                .filter(KillTimes::isLoss)
                .count();
        int again = calls - 1;
        assertThat(again).as("%s: further calls", id).isBetween(0, Math.toIntExact(losses));
        long ofAnswer = job.at("/result/usage/inputTokens").asLong()
                + job.at("/result/usage/outputTokens").asLong();
        long ofJob = job.at("/used/tokens").asLong();
        assertThat(ofJob).as("%s: tokens", id).isBetween(ofAnswer, calls * ofAnswer);
        told += ofAnswer;
        used += ofJob;
        if (again > 0) {
            underWay.merge(
                    "%d under way at kills, %d tokens of theirs stored".formatted(again, ofJob - ofAnswer),
                    1,
                    Integer::sum);
        }
    }

    /** Tokens of the stored answers. */
    long told() {
        return told;
    }

    /** Tokens that the jobs used. */
    long used() {
        return used;
    }

    String summary() {
        return underWay.entrySet().stream()
                .map(entry -> "jobs with " + entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("\n"));
    }
}
