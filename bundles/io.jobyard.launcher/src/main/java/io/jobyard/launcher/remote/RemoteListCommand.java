// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.client.JobyardClient;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        sortOptions = false,
        description =
                "List jobs, the youngest first, or the oldest. With --pending: the ready jobs, in starting order. What is given narrows the list.")
final class RemoteListCommand extends RemoteCommand {

    private static final List<String> HEADINGS =
            List.of("ID", "TYPE", "STATUS", "PRIO", "QUEUE", "SUBMITTER", "CREATED");

    private static final List<String> READY =
            List.of("NR", "ID", "TYPE", "STATUS", "PRIO", "QUEUE", "SUBMITTER", "READY", "HELD BY");

    @Mixin
    final RemoteListOptions options = new RemoteListOptions();

    @Override
    int answer(JobyardClient client, RemoteScreen screen) {
        if (options.count) {
            JsonNode numbers = client.get(JOBS + "/facets?" + options.filter().text());
            return print(
                    numbers,
                    screen,
                    all -> screen.line(RemoteText.count(all.path("total").asInt(), "job")));
        }
        return print(client.get(JOBS + options.path()), screen, page -> print(page, screen));
    }

    private void print(JsonNode page, RemoteScreen screen) {
        List<List<String>> rows = new ArrayList<>();
        page.path("jobs").forEach(job -> rows.add(options.pending ? ready(job) : row(job, "createdAt")));
        if (!rows.isEmpty()) {
            rows.add(0, options.pending ? READY : HEADINGS);
            RemoteText.table(rows).forEach(screen::line);
        }
        int found = page.path("jobs").size();
        String jobs = options.pending ? "ready job" : "job";
        screen.line((found == 0 ? "no " + jobs + "s" : RemoteText.count(found, jobs))
                + (page.path("more").asBoolean() ? " and more" : ""));
        if (page.hasNonNull("next")) {
            screen.line("the next: the same with --after-id " + RemoteText.text(page, "next"));
        }
    }

    private static List<String> row(JsonNode job, String time) {
        return List.of(
                RemoteText.text(job, "id"),
                RemoteText.text(job, "type"),
                RemoteText.state(job, "status"),
                RemoteText.text(job, "priority"),
                RemoteText.text(job, "queue"),
                RemoteText.text(job, "submitter"),
                RemoteText.time(job, time));
    }

    private static List<String> ready(JsonNode job) {
        List<String> row = new ArrayList<>(row(job, "changedAt"));
        row.add(0, RemoteText.text(job, "position"));
        row.add(RemoteText.text(job.path("blockedBy").path(0), "gate"));
        return row;
    }
}
