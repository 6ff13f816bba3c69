// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.client.JobRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is to be submitted, in the words of {@code job:submit}. The host checks it. */
final class RemoteSubmitOptions {

    @Parameters(index = "0", arity = "0..1", paramLabel = "TYPE", description = "Names the handler the job needs.")
    @Nullable
    String type;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "JSON",
            description = "The payload, a JSON object such as '{\"text\": \"hello\"}'.")
    @Nullable
    String payload;

    @Option(names = "--file", paramLabel = "F", description = "Take the payload from a file; - is standard input.")
    @Nullable
    String file;

    @Option(
            names = "--batch",
            paramLabel = "FILE",
            description =
                    "Submit all jobs of a file, or none: each line is a specification as JSON. - is standard input.")
    @Nullable
    String batch;

    @Option(names = "--priority", paramLabel = "N", description = "The level, 1 first; the middle one if left out.")
    @Nullable
    Integer priority;

    @Option(names = "--queue", paramLabel = "Q", description = "The queue; by the job's type if left out.")
    @Nullable
    String queue;

    @Option(
            names = "--depends",
            paramLabel = "ID,ID:run",
            split = ",",
            description =
                    "Jobs that must complete first; behind a colon what becomes of this job if that one does not: fail, cancel or run.")
    List<String> depends = new ArrayList<>();

    @Option(
            names = "--if-dependency-fails",
            paramLabel = "P",
            description = "The same for all that --depends says nothing else of: fail (if left out), cancel or run.")
    @Nullable
    String ifDependencyFails;

    @Option(names = "--timeout", paramLabel = "S", description = "Seconds one run may take, 1 to 86400.")
    @Nullable
    Integer timeout;

    @Option(names = "--retries", paramLabel = "N", description = "How often it is tried again, 0 to 10.")
    @Nullable
    Integer retries;

    @Option(
            names = "--after",
            paramLabel = "DURATION",
            description = "Not to start before so long from now: 500ms, 30s, 5m, 2h, 1d.")
    @Nullable
    String after;

    @Option(names = "--expires", paramLabel = "DURATION", description = "To fail if it waits or is queued then.")
    @Nullable
    String expires;

    @Option(names = "--deadline", paramLabel = "DURATION", description = "To fail if it has not ended by then.")
    @Nullable
    String deadline;

    @Option(
            names = "--key",
            paramLabel = "K",
            description = "While your job with this key is not over, do not store a second; answer with the first.")
    @Nullable
    String key;

    @Option(
            names = "--key-policy",
            paramLabel = "POLICY",
            description = "If the key is taken: return (if left out), replace, debounce:30s or throttle:5m.")
    @Nullable
    String keyPolicy;

    @Option(names = "--label", paramLabel = "K=V", description = "A mark of your own; may be given several times.")
    Map<String, String> labels = new LinkedHashMap<>();

    @Option(names = "--group", paramLabel = "NAME", description = "Make it one of this group of yours.")
    @Nullable
    String group;

    @Option(
            names = "--ends-group",
            paramLabel = "NAME",
            description = "Start when all jobs that this group of yours has are over.")
    @Nullable
    String endsGroup;

    @Option(
            names = "--handler-version",
            paramLabel = "RANGE",
            description = "The versions its handler may have, such as '[1.2,2)'.")
    @Nullable
    String handlerVersion;

    @Option(
            names = "--limits",
            paramLabel = "NAME,NAME",
            split = ",",
            description = "Limits the job draws on, beside those of its handler.")
    List<String> limits = new ArrayList<>();

    @Option(
            names = "--estimate",
            paramLabel = "UNIT=N",
            description =
                    "How much of a unit a run is expected to use, such as tokens=800; may be given several times.")
    Map<String, Double> estimate = new LinkedHashMap<>();

    @Option(
            names = "--dry-run",
            description = "Store nothing: say what it would come to; exit 1 if it would be refused.")
    boolean dryRun;

    @Option(
            names = "--await",
            description = "Wait until it is over, and print what it came to; exit 1 unless it completed.")
    boolean await;

    Map<String, Object> specification(RemoteScreen screen) throws IOException {
        if (type == null) {
            throw new RemoteUsageException("a job needs a type: submit TYPE JSON");
        } else if (payload != null && file != null) {
            throw new RemoteUsageException("the payload is given twice; leave JSON or --file out");
        } else if (payload == null && file == null) {
            throw new RemoteUsageException(
                    "a payload is missing: give a JSON object such as '{\"text\": \"hello\"}', or --file F, or --file - for standard input");
        } else if (dryRun && await) {
            throw new RemoteUsageException("--dry-run stores nothing; leave --await out");
        }
        Map<String, @Nullable Object> job = new LinkedHashMap<>();
        job.put("type", type);
        job.put("payload", object("payload", file == null ? String.valueOf(payload) : read(file, screen)));
        job.put("priority", priority);
        job.put("queue", queue);
        job.put("dependencies", depends.isEmpty() ? null : dependencies());
        job.put("ifDependencyFails", ifDependencyFails);
        job.put("timeout", timeout);
        job.put("maxRetries", retries);
        job.put("notBefore", after);
        job.put("expires", expires);
        job.put("deadline", deadline);
        job.put("key", key);
        job.put("keyPolicy", keyPolicy);
        job.put("labels", labels.isEmpty() ? null : labels);
        job.put("group", group);
        job.put("endsGroup", endsGroup);
        job.put("handlerVersion", handlerVersion);
        job.put("limits", limits.isEmpty() ? null : limits);
        job.put("estimate", estimate.isEmpty() ? null : estimate);
        Map<String, Object> given = new LinkedHashMap<>();
        job.forEach((field, value) -> {
            if (value != null) {
                given.put(field, value);
            }
        });
        return given;
    }

    /** One with a policy of its own. */
    private record Dependency(String id, String ifFails) {}

    private List<Object> dependencies() {
        List<Object> all = new ArrayList<>();
        for (String typed : depends) {
            String[] parts = typed.strip().split(":", 2);
            all.add(parts.length == 1 ? parts[0] : new Dependency(parts[0], parts[1]));
        }
        return all;
    }

    /** The jobs of a batch. */
    List<JobRequest> lines(RemoteScreen screen) throws IOException {
        if (type != null || file != null || dryRun) {
            throw new RemoteUsageException(
                    "--batch takes the jobs from the file's lines; leave TYPE, JSON, --file and --dry-run out");
        }
        List<JobRequest> jobs = new ArrayList<>();
        int number = 0;
        for (String line : read(Objects.requireNonNull(batch), screen).lines().toList()) {
            number++;
            if (!line.isBlank()) {
                JsonNode object = object("line " + number + " of " + batch, line);
                Map<String, Object> fields = new LinkedHashMap<>();
                object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
                jobs.add(JobRequest.of(fields));
            }
        }
        if (jobs.isEmpty()) {
            throw new RemoteUsageException(
                    batch + " holds no jobs; write one JSON object a line: {\"type\": \"echo\", \"payload\": {}}");
        }
        return jobs;
    }

    private static JsonNode object(String what, String text) {
        try {
            JsonNode json = RemoteCommand.MAPPER.readTree(text);
            if (json.isObject()) {
                return json;
            }
            throw new RemoteUsageException(what + " is no JSON object; write one such as {\"text\": \"hello\"}");
        } catch (JsonProcessingException e) {
            throw new RemoteUsageException(what + " is no JSON: " + e.getOriginalMessage());
        }
    }

    private static String read(String file, RemoteScreen screen) throws IOException {
        if (file.equals("-")) {
            return new String(screen.in().readAllBytes(), StandardCharsets.UTF_8);
        }
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new RemoteUsageException("cannot read " + file + " (" + e + "); name a file of text in UTF-8");
        }
    }
}
