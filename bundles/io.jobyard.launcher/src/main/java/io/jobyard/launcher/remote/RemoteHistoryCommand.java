// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.client.JobyardClient;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "history", description = "Show a job's state and error, then every change, the oldest first.")
final class RemoteHistoryCommand extends RemoteIdCommand {

    @Option(names = "--stack", description = "And where its handler was when a run failed: the stack traces.")
    private boolean stack;

    @Override
    int answer(JobyardClient client, RemoteScreen screen) {
        return print(client.get(path("/history")), screen, history -> print(history, screen));
    }

    private void print(JsonNode history, RemoteScreen screen) {
        screen.line("job " + id + " " + RemoteText.state(history, "status"));
        if (history.hasNonNull("error")) {
            screen.line(RemoteText.text(history, "error"));
        }
        screen.line("");
        List<List<String>> rows = new ArrayList<>(List.of(List.of("AT", "STATUS", "RUN", "TRY", "WHO", "WHY")));
        history.path("events")
                .forEach(event -> rows.add(List.of(
                        RemoteText.time(event, "at"),
                        RemoteText.state(event, "to"),
                        RemoteText.text(event, "run"),
                        RemoteText.text(event, "attempt"),
                        RemoteText.text(event, "who"),
                        RemoteText.text(event, "why"))));
        RemoteText.table(rows).forEach(screen::line);
        if (stack) {
            history.findValues("stack").stream()
                    .filter(trace -> !trace.isNull())
                    .forEach(trace -> screen.lines("\n" + trace.asText()));
        }
    }
}
