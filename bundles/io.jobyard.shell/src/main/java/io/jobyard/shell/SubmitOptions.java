// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code job:submit}. */
final class SubmitOptions {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "TYPE",
            description = "Names the handler the job needs; job:handlers lists them.")
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
            description = "Submit all jobs of a file, or none. Each line is a JSON object with type, payload and what"
                    + " else a specification has: name, priority, queue, dependencies (names, ids or"
                    + " {id, ifFails}), ifDependencyFails,"
                    + " timeout, maxRetries, notBefore, expires, deadline, key, keyPolicy, labels, group, endsGroup, handlerVersion, limits, estimate. - is"
                    + " standard input.")
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
            description = "Jobs that must complete first, by id or its last characters; behind a colon what becomes of"
                    + " this job if that one does not: fail, cancel or run.")
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

    @Option(
            names = "--expires",
            paramLabel = "DURATION",
            description = "To fail if it waits or is queued so long from now, also between attempts.")
    @Nullable
    String expires;

    @Option(
            names = "--deadline",
            paramLabel = "DURATION",
            description = "To fail if it has not ended so long from now; a run is cut then.")
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
            description =
                    "If the key is taken: return (answer with that job; the default), replace (make it this job if it has not"
                            + " started), debounce:30s (the same, and start when so long no other came), throttle:5m (take the key for so"
                            + " long, also when the job is over).")
    @Nullable
    String keyPolicy;

    @Option(names = "--label", paramLabel = "K=V", description = "A mark of your own; may be given several times.")
    Map<String, String> labels = new LinkedHashMap<>();

    @Option(
            names = "--group",
            paramLabel = "NAME",
            description = "Make it one of this group of yours; job:group tells how far a group is.")
    @Nullable
    String group;

    @Option(
            names = "--ends-group",
            paramLabel = "NAME",
            description =
                    "Start when all jobs that this group of yours has are over, whatever came of them, and let the group"
                            + " get no more.")
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
            description = "Limits the job draws on, beside those of its handler; job:limits lists them.")
    List<String> limits = new ArrayList<>();

    @Option(
            names = "--estimate",
            paramLabel = "UNIT=N",
            description =
                    "How much of a unit a run is expected to use, such as tokens=800; may be given several times.")
    Map<String, String> estimate = new LinkedHashMap<>();

    @Option(
            names = "--slots",
            paramLabel = "LIMIT=N",
            description =
                    "How many slots of a limit's running.max it takes while it runs, 1 if left out; it draws on that"
                            + " limit. May be given several times.")
    Map<String, Integer> slots = new LinkedHashMap<>();

    @Option(names = "--times", paramLabel = "N", description = "Submit so many alike, 1 to 1000000.")
    @Nullable
    Integer times;

    @Option(
            names = "--dry-run",
            description =
                    "Store nothing: say whether it would be taken, as which job, and what would keep it from starting; exit 1"
                            + " if it would be refused.")
    boolean dryRun;

    @Option(
            names = "--await",
            description =
                    "Wait until it is over: print its id at once, then its progress, log lines and failed attempts as they"
                            + " happen, and what it came to; exit 1 unless it completed. With --json nothing but the job, at its"
                            + " end. Ctrl-C ends the waiting, not the job.")
    boolean await;
}
