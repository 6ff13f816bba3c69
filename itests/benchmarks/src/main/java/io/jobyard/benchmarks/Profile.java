// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/** A flight recording in a page: who ran, in what, who waited, and what was allocated. */
final class Profile {

    private static final int LINES = 15;
    private static final String OURS = "io.jobyard.";

    private final List<RecordedEvent> events;

    private Profile(List<RecordedEvent> events) {
        this.events = List.copyOf(events);
    }

    static void print(Path file) throws IOException {
        System.out.println("\n" + file);
        new Profile(RecordingFile.readAllEvents(file)).print();
    }

    private void print() {
        table("samples by thread", "jdk.ExecutionSample", Profile::sampledThread, event -> 1);
        table("samples by top frame", "jdk.ExecutionSample", event -> frames(event, "", 1), event -> 1);
        table("samples by Jobyard's nearest frames", "jdk.ExecutionSample", Profile::ours, event -> 1);
        table("µs writing files", "jdk.FileWrite", Profile::waiting, Profile::micros);
        table("writes", "jdk.FileWrite", Profile::waiting, event -> 1);
        table("µs waiting for monitors", "jdk.JavaMonitorEnter", Profile::waiting, Profile::micros);
        table("µs parked", "jdk.ThreadPark", Profile::waiting, Profile::micros);
        table("µs of collections", "jdk.GarbageCollection", event -> event.getString("name"), Profile::micros);
        table(
                "bytes allocated by Jobyard's nearest frames",
                "jdk.ObjectAllocationSample",
                Profile::ours,
                Profile::bytes);
        table("bytes allocated by class", "jdk.ObjectAllocationSample", Profile::allocated, Profile::bytes);
    }

    private void table(
            String title, String type, Function<RecordedEvent, String> key, ToLongFunction<RecordedEvent> weight) {
        Map<String, Long> sums = new HashMap<>();
        for (RecordedEvent event : events) {
            if (event.getEventType().getName().equals(type)) {
                sums.merge(key.apply(event), weight.applyAsLong(event), Long::sum);
            }
        }
        long all = sums.values().stream().mapToLong(Long::longValue).sum();
        System.out.printf("%n%s: %,d%n", title, all);
        sums.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(LINES)
                .forEach(entry -> System.out.printf(
                        "%5.1f %%  %s%n", 100.0 * entry.getValue() / Math.max(1, all), entry.getKey()));
    }

    private static String sampledThread(RecordedEvent event) {
        return role(event.getThread("sampledThread").getJavaName());
    }

    private static String allocated(RecordedEvent event) {
        return event.getClass("objectClass").getName();
    }

    private static String waiting(RecordedEvent event) {
        return role(event.getThread().getJavaName()) + "  " + ours(event);
    }

    private static long micros(RecordedEvent event) {
        return event.getDuration().toNanos() / 1_000;
    }

    private static long bytes(RecordedEvent event) {
        return event.getLong("weight");
    }

    /** Threads of one role count together. */
    private static String role(@Nullable String thread) {
        return thread == null ? "(virtual machine)" : thread.replaceAll("-\\d+$", "");
    }

    /** Jobyard's nearest frame and the one that called it. */
    private static String ours(RecordedEvent event) {
        return frames(event, OURS, 2);
    }

    private static String frames(RecordedEvent event, String prefix, int most) {
        if (event.getStackTrace() == null) {
            return "(no stack)";
        }
        String found = event.getStackTrace().getFrames().stream()
                .filter(frame -> frame.getMethod().getType().getName().startsWith(prefix))
                .limit(most)
                .map(Profile::text)
                .collect(Collectors.joining(" < "));
        return found.isEmpty() ? "(elsewhere)" : found;
    }

    private static String text(RecordedFrame frame) {
        String type = frame.getMethod().getType().getName();
        return type.substring(type.lastIndexOf('.') + 1) + "."
                + frame.getMethod().getName() + ":" + frame.getLineNumber();
    }
}
