// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher.remote;

import io.jobyard.client.RemoteQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which jobs are meant, in the words of {@code job:list}. The host checks them. */
final class RemoteListOptions {

    private static final String TIME = "an instant such as 2027-01-31T08:00:00Z, or how long ago, such as 2h.";

    private static final String ANY = " Several with commas between them, or the option again: any of them.";

    private final Map<String, List<String>> terms = new LinkedHashMap<>();

    @Option(
            names = "--status",
            split = ",",
            paramLabel = "S",
            description = "Only these, such as running or failed." + ANY)
    void status(List<String> values) {
        terms.put("status", values);
    }

    @Option(
            names = "--reason",
            split = ",",
            paramLabel = "R",
            description = "Only jobs with this reason beside their status." + ANY)
    void reason(List<String> values) {
        terms.put("reason", values);
    }

    @Option(names = "--type", split = ",", paramLabel = "T", description = "Only jobs of this type." + ANY)
    void type(List<String> values) {
        terms.put("type", values);
    }

    @Option(names = "--queue", split = ",", paramLabel = "Q", description = "Only jobs that stand in this queue." + ANY)
    void queue(List<String> values) {
        terms.put("queue", values);
    }

    @Option(
            names = "--submitter",
            split = ",",
            paramLabel = "U",
            description = "Only jobs this user or bundle asked for." + ANY)
    void submitter(List<String> values) {
        terms.put("submitter", values);
    }

    @Option(names = "--since", paramLabel = "TIME", description = "Only jobs created then or later: " + TIME)
    void since(String value) {
        terms.put("since", List.of(value));
    }

    @Option(names = "--until", paramLabel = "TIME", description = "Only jobs created before.")
    void until(String value) {
        terms.put("until", List.of(value));
    }

    @Option(names = "--error", paramLabel = "TEXT", description = "Only jobs whose error contains this.")
    void error(String value) {
        terms.put("error", List.of(value));
    }

    @Option(names = "--schedule", paramLabel = "NAME", description = "Only jobs that this schedule made.")
    void schedule(String value) {
        terms.put("schedule", List.of(value));
    }

    @Option(names = "--group", paramLabel = "NAME", description = "Only jobs of this group.")
    void group(String value) {
        terms.put("group", List.of(value));
    }

    @Option(names = "--label", paramLabel = "K=V", description = "Only jobs with all labels that are given.")
    Map<String, String> labels = new LinkedHashMap<>();

    @Option(names = "--count", description = "Only how many there are.")
    boolean count;

    @Option(
            names = "--after-id",
            paramLabel = "ID",
            description = "Go on behind this job: the last of the page before.")
    @Nullable
    String after;

    @Option(names = "--pending", description = "The ready jobs in starting order.")
    boolean pending;

    @Option(names = "--oldest", description = "The oldest first.")
    boolean oldest;

    @Option(names = "--limit", paramLabel = "N", description = "How many at most, 1 to 10000; 20 if left out.")
    int limit = 20;

    RemoteQuery filter() {
        RemoteQuery query = RemoteQuery.all();
        for (Map.Entry<String, List<String>> term : terms.entrySet()) {
            for (String value : term.getValue()) {
                query = query.with(term.getKey(), value);
            }
        }
        for (Map.Entry<String, String> label : labels.entrySet()) {
            query = query.label(label.getKey(), label.getValue());
        }
        return query;
    }

    /** The list as its path has it: ready jobs have a path of their own. */
    String path() {
        return (pending ? "/ready?" : "?") + query().text();
    }

    private RemoteQuery query() {
        if (pending && (oldest || after != null)) {
            throw new RemoteUsageException("--pending shows the ready jobs in starting order, on one page: --oldest and"
                    + " --after-id do not go with it");
        }
        RemoteQuery query = filter().with("limit", String.valueOf(limit));
        query = oldest ? query.oldestFirst() : query;
        return after == null ? query : query.with("after", after);
    }
}
