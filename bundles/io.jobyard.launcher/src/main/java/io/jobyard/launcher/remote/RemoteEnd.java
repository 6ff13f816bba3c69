// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.client.JobyardClient;
import io.jobyard.client.JobyardClientException;
import io.jobyard.client.RemoteJob;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Waits for the end of a job and prints what it came to. */
final class RemoteEnd {

    /** Longer than a host runs, short enough to be counted in nanoseconds. */
    private static final Duration WITHOUT_END = Duration.ofDays(36_500);

    private final JobyardClient client;
    private final RemoteScreen screen;

    RemoteEnd(JobyardClient client, RemoteScreen screen) {
        this.client = client;
        this.screen = screen;
    }

    boolean completes(String id) {
        return client.await(id, WITHOUT_END).status().equals("completed");
    }

    /** Prints the job, at its end or after that time; 1 unless it has completed. */
    int json(String id, @Nullable Duration atMost) {
        RemoteJob job = at(id, atMost);
        screen.json(job.json());
        return job.status().equals("completed") ? 0 : 1;
    }

    /** Prints the result; 1 unless the job has completed in time. */
    int lines(String id, @Nullable Duration atMost) throws IOException {
        RemoteJob job = at(id, atMost);
        if (job.isFinished()) {
            print(id, client.get(RemoteIdCommand.path(id, "/result")));
        } else {
            String after = atMost == null || atMost.isZero() ? "" : " after " + atMost.toSeconds() + " s";
            screen.error("job " + id + " is still " + RemoteText.state(job.json(), "status") + after + "; it goes on");
        }
        return job.status().equals("completed") ? 0 : 1;
    }

    private RemoteJob at(String id, @Nullable Duration atMost) {
        try {
            return client.await(id, atMost == null ? WITHOUT_END : atMost);
        } catch (JobyardClientException e) {
            if (e.code().equals("not_over")) {
                return client.job(id);
            }
            throw e;
        }
    }

    /** A result as the host tells it, for people. */
    void print(String id, JsonNode result) throws IOException {
        JsonNode took = result.path("executionTimeSeconds");
        String at = RemoteText.time(result, "completedAt");
        String error = RemoteText.text(result, "error");
        String status = RemoteText.text(result, "status");
        screen.line(id + " " + status
                + (took.isNumber() ? " in " + took.decimalValue().toPlainString() + " s" : "")
                + (at.isEmpty() ? "" : " at " + at));
        if (!error.isEmpty()) {
            screen.line(error);
        }
        if (result.hasNonNull("result")) {
            screen.lines(RemoteCommand.pretty(result.get("result")));
        } else if (status.equals("completed")) {
            screen.line("the result is hidden: permission payload shows it");
        }
    }
}
