// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.itests.notes.Noted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the handlers themselves wrote down, of which the host knows nothing: {@link Noted}. */
final class Notes {

    /** A thread of a busy machine may stand still between the count of its run and the handler's first line. */
    private static final Duration TO_THE_NOTE = Duration.ofMillis(100);

    private static final ObjectMapper JSON = new ObjectMapper();

    private record Note(String id, int run, Instant at, String what, String process, String queue) {

        static Note of(String line) {
            String[] words = line.split(" ");
            return new Note(
                    words[0], Integer.parseInt(words[1]), Instant.parse(words[2]), words[3], words[4], words[5]);
        }

        boolean begins() {
            return what.equals("begins");
        }

        boolean ends() {
            return what.equals("ends");
        }
    }

    private final List<Note> notes;

    private Notes(List<Note> notes) {
        this.notes = notes;
    }

    static Notes of(Path file) throws IOException {
        if (Files.notExists(file)) {
            return new Notes(List.of());
        }
        try (Stream<String> lines = Files.lines(file)) {
            return new Notes(lines.map(Note::of).toList());
        }
    }

    int runs() {
        return (int) notes.stream().filter(Note::begins).count();
    }

    /**
     * The handlers saw what the store had started before, each run once and in order, and did all that completed. The clocks of
     * handlers and store may be so much apart.
     */
    void check(Story story, Database database, Duration apart) {
        Map<String, Integer> latest = new HashMap<>();
        Set<String> done = new HashSet<>();
        for (Note note : notes) {
            if (note.begins()) {
                assertThat(note.run()).as(note::toString).isGreaterThan(latest.getOrDefault(note.id(), 0));
                assertThat(story.histories()).as(note::toString).containsKey(note.id());
                assertThat(story.histories().get(note.id()))
                        .as(note::toString)
                        .anyMatch(event -> starts(event, note, apart));
                if (!latest.containsKey(note.id())) {
                    dependenciesWereDone(story, note, done);
                }
                latest.put(note.id(), note.run());
            } else if (note.ends()) {
                done.add(note.id() + ":" + note.run());
                done.add(note.id());
            }
        }
        latest.keySet().forEach(id -> completedWhatWasDone(story, id, done, database));
    }

    private static boolean starts(Event event, Note note, Duration apart) {
        return event.isStart()
                && event.run() == note.run()
                && !event.at().minus(apart).isAfter(note.at());
    }

    /** As the handlers tell it: before a job's first run began, each noted one that it waited for had ended. */
    private static void dependenciesWereDone(Story story, Note note, Set<String> done) {
        Row job = story.jobs().get(note.id());
        boolean waits = !job.text("if_dependency_fails").equals("run")
                && story.histories().get(note.id()).stream().noneMatch(Event::isRetry);
        if (waits) {
            assertThat(done)
                    .as(() -> note + " of " + job)
                    .containsAll(story.dependencies(job).stream()
                            .filter(id -> story.jobs().get(id).text("type").equals("noted"))
                            .toList());
        }
    }

    private static void completedWhatWasDone(Story story, String id, Set<String> done, Database database) {
        for (Event event : story.histories().get(id)) {
            if (event.isCompletion()) {
                assertThat(done).contains(id + ":" + event.run());
                String result = database.text(story.jobs().get(id), "result");
                assertThat(json(result).get("run").asInt()).as(id).isEqualTo(event.run());
            }
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the handlers tell it: never more of a queue's jobs ran in one life of the host. */
    void checkRunningAtOnce(String queue, int most) {
        String process = "";
        int running = 0;
        for (Note note : notes) {
            if (!note.queue().equals(queue)) {
                continue;
            }
            running = (note.process().equals(process) ? running : 0) + (note.begins() ? 1 : -1);
            process = note.process();
            assertThat(running).as(note::toString).isBetween(0, most);
        }
    }

    /** Those of one queue. */
    Notes of(String queue) {
        return only(note -> note.queue().equals(queue));
    }

    /** Without those of runs that were over by then: a host that stood still begins what others have taken back. */
    Notes inTime(Story story, Duration apart) {
        return only(note -> story.histories().getOrDefault(note.id(), List.of()).stream()
                .noneMatch(event -> event.isEnd()
                        && event.run() == note.run()
                        && event.at().plus(apart).isBefore(note.at())));
    }

    private Notes only(Predicate<Note> wanted) {
        return new Notes(notes.stream().filter(wanted).toList());
    }

    /** As the handlers tell it: never more runs began than a rate allows, but for the time from the count to the note. */
    void checkRate(double perSecond, int burst) {
        List<Instant> begun =
                notes.stream().filter(Note::begins).map(Note::at).sorted().toList();
        for (int first = 0; first < begun.size(); first++) {
            for (int last = first; last < begun.size(); last++) {
                Duration window =
                        Duration.between(begun.get(first), begun.get(last)).plus(TO_THE_NOTE);
                assertThat(last - first + 1.0)
                        .as("between %s and %s", begun.get(first), begun.get(last))
                        .isLessThanOrEqualTo(burst + perSecond * window.toNanos() / 1e9);
            }
        }
    }
}
