// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a client asked of a host and what it was answered, in a file of its own: a line is written when the answer is there,
 * or before the question where the question alone may have an effect.
 */
final class Acknowledged {

    enum Word {
        /** A submit was answered with this new job. */
        STORED,
        /** A submit was answered with this job, which has the key already. */
        DUPLICATE,
        /** A cancel is asked for; it may come through. */
        CANCEL,
        /** A cancel was answered. */
        CANCELLED,
        /** A retry is asked for; it may come through. */
        RETRY,
        /** A retry was answered. */
        RETRIED,
        /** The removal of old jobs is asked for, and this is one of them: it and those before it may be gone. */
        PURGE,
        /** The removal was answered: it is gone. */
        PURGED,
        /** The answer to a call said that nothing of it was stored; the call by its label. */
        REFUSED
    }

    private final Path file;
    private final List<String> jobs = new ArrayList<>();
    private final Map<String, String> duplicates = new HashMap<>();
    private final Set<String> cancelAsked = new HashSet<>();
    private final Set<String> cancelled = new HashSet<>();
    private final Map<String, Integer> retried = new HashMap<>();
    private final Set<String> old = new HashSet<>();
    private final Set<String> purged = new HashSet<>();
    private final Set<String> refused = new HashSet<>();

    private Acknowledged(Path file) {
        this.file = file;
    }

    /** Reads what is there, and goes on from it. */
    static Acknowledged in(Path file) throws IOException {
        Acknowledged acknowledged = new Acknowledged(file);
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                String[] words = line.split(" ");
                acknowledged.remember(Word.valueOf(words[0]), words[1], words.length > 2 ? words[2] : "");
            }
        }
        return acknowledged;
    }

    void write(Word word, String id, String key) {
        remember(word, id, key);
        try {
            String line = (word + " " + id + " " + key).strip() + "\n";
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes what a copy of the store answers for: jobs that were there before it, and cancels it may have seen. */
    void writeForCopy(Path copy, List<String> before) throws IOException {
        Acknowledged ofCopy = in(copy);
        before.forEach(id -> ofCopy.write(Word.STORED, id, ""));
        cancelAsked.forEach(id -> ofCopy.write(Word.CANCEL, id, ""));
    }

    private void remember(Word word, String id, String key) {
        switch (word) {
            case STORED -> jobs.add(id);
            case DUPLICATE -> duplicates.put(id, key);
            case CANCEL -> cancelAsked.add(id);
            case CANCELLED -> cancelled.add(id);
            case RETRY -> cancelled.remove(id); // also if it is not known whether it came through
            case RETRIED -> retried.merge(id, 1, Integer::sum);
            case PURGE -> old.addAll(jobs);
            case PURGED -> purged.add(id);
            case REFUSED -> refused.add(id);
        }
    }

    /** Every job that was answered as new, as a view. */
    List<String> jobs() {
        return Collections.unmodifiableList(jobs);
    }

    /** Those whose cancel was answered, and which nobody has given another life. */
    Set<String> cancelled() {
        return cancelled;
    }

    /** Those whose cancel was asked for and not answered. */
    Set<String> unanswered() {
        Set<String> unanswered = new HashSet<>(cancelAsked);
        unanswered.removeAll(cancelled);
        return unanswered;
    }

    int retries() {
        return retried.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Holds at every moment, also right after a kill. */
    void check(Story story) {
        assertThat(jobs)
                .filteredOn(id -> !old.contains(id) && !story.jobs().containsKey(id))
                .as("acknowledged and not stored")
                .isEmpty();
        assertThat(story.jobs().keySet()).filteredOn(purged::contains).isEmpty();
        duplicates.forEach((id, key) -> assertThat(
                        isGone(id, story) ? key : story.jobs().get(id).text("job_key"))
                .as(id)
                .isEqualTo(key));
        retried.forEach((id, times) -> assertThat(story.histories().getOrDefault(id, List.of()))
                .filteredOn(Event::isRetry)
                .hasSizeGreaterThanOrEqualTo(isGone(id, story) ? 0 : times));
        callsAreWholeOrNotThere(story);
        assertThat(story.jobs().values())
                .filteredOn(job -> Client.call(job.text("labels"))
                        .filter(refused::contains)
                        .isPresent())
                .as("jobs of which nothing was to be stored")
                .isEmpty();
    }

    private boolean isGone(String id, Story story) {
        return old.contains(id) && !story.jobs().containsKey(id);
    }

    /** The jobs of one call carry a label that says which call it was and how many they are. */
    private void callsAreWholeOrNotThere(Story story) {
        Map<String, Integer> calls = new HashMap<>();
        story.jobs().forEach((id, job) -> calls.merge(old.contains(id) ? "" : job.text("labels"), 1, Integer::sum));
        calls.keySet().removeIf(labels -> Client.call(labels).isEmpty());
        calls.forEach((labels, count) -> assertThat(labels)
                .as("%d jobs of the call %s are stored", count, labels)
                .contains(" of " + count + "\""));
    }

    /** Holds when every job is over. */
    void checkEnds(Story story) {
        assertThat(cancelled)
                .filteredOn(id -> !isGone(id, story))
                .allSatisfy(
                        id -> assertThat(story.jobs().get(id).text("status")).isEqualTo("cancelled"));
        story.jobs().forEach((id, job) -> {
            assertThat(Event.FINAL).as(job::toString).contains(job.text("status"));
            boolean others = job.text("reason").matches("crash|dependency")
                    || job.text("reason").equals("expired") && job.has("expires_at");
            if (!cancelAsked.contains(id) && !others) {
                assertThat(job.text("status")).as(job::toString).isEqualTo(expected(job));
            }
        });
    }

    private static String expected(Row job) {
        boolean times = job.number("timeout_millis") == 1000;
        return times || job.text("payload").contains("\"failures\":5") ? "failed" : "completed";
    }
}
