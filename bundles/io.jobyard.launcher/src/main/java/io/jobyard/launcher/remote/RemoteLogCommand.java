// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.client.JobyardClient;
import io.jobyard.client.RemoteLogLine;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "log", description = "Show what a job's handler wrote to its log, the oldest line first.")
final class RemoteLogCommand extends RemoteIdCommand {

    @Option(
            names = "--follow",
            description = "Go on with what comes, until the job is over; with --json a line for each. Ctrl-C ends the"
                    + " following, not the job.")
    private boolean follow;

    @Override
    int answer(JobyardClient client, RemoteScreen screen) {
        if (follow) {
            try (Stream<RemoteLogLine> lines = client.followLog(id)) {
                lines.takeWhile(line -> !screen.out().checkError())
                        .forEach(line -> print(line.json(), screen, one -> screen.line(text(one))));
            }
            return 0;
        }
        return print(client.get(path("/log")), screen, log -> {
            if (log.path("lines").isEmpty()) {
                screen.line("job " + id + " has written no log");
            }
            log.path("lines").forEach(line -> screen.line(text(line)));
        });
    }

    private static String text(JsonNode line) {
        return RemoteText.time(line, "at") + " run " + RemoteText.text(line, "run") + "  "
                + RemoteText.text(line, "text");
    }
}
