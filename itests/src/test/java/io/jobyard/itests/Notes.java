// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.itests.notes.Noted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What the handlers themselves wrote down, of which the host knows nothing: {@link Noted}. */
final class Notes {

    private record Note(String id, int run, Instant at, boolean begins) {

        static Note of(String line) {
            String[] words = line.split(" ");
            return new Note(words[0], Integer.parseInt(words[1]), Instant.parse(words[2]), words[3].equals("begins"));
        }
    }

    private final List<Note> notes;

    private Notes(List<Note> notes) {
        this.notes = notes;
    }

    static Notes of(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return new Notes(lines.map(Note::of).toList());
        }
    }

    int runs() {
        return (int) notes.stream().filter(Note::begins).count();
    }

    /** The handlers saw what the store had started before, each run once and in order, and did all that completed. */
    void check(Map<String, List<JsonNode>> histories) {
        Map<String, Integer> latest = new HashMap<>();
        Set<String> done = new HashSet<>();
        for (Note note : notes) {
            if (note.begins()) {
                assertThat(note.run()).as(note.toString()).isGreaterThan(latest.getOrDefault(note.id(), 0));
                assertThat(histories).as(note.toString()).containsKey(note.id());
                assertThat(histories.get(note.id())).as(note.toString()).anyMatch(event -> starts(event, note));
                latest.put(note.id(), note.run());
            } else {
                done.add(note.id() + ":" + note.run());
            }
        }
        latest.keySet()
                .forEach(id -> assertThat(histories.get(id).stream()
                                .filter(Events::isCompletion)
                                .map(event -> id + ":" + event.get("run").asInt()))
                        .isSubsetOf(done));
    }

    private static boolean starts(JsonNode event, Note note) {
        return Events.isStart(event)
                && event.get("run").asInt() == note.run()
                && !Instant.parse(event.get("at").asText()).isAfter(note.at());
    }
}
