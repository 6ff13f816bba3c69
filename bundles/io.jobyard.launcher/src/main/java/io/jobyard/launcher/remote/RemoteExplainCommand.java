// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.client.JobyardClient;
import java.util.Set;
import picocli.CommandLine.Command;

@Command(name = "explain", description = "Say why a job does not run just now.")
final class RemoteExplainCommand extends RemoteIdCommand {

    /** Their details begin with the name of a queue or a limit. */
    private static final Set<String> NAMED = Set.of("queue", "limit");

    @Override
    int answer(JobyardClient client, RemoteScreen screen) {
        return print(client.get(path("/explain")), screen, why -> {
            String detail = RemoteText.text(why, "detail");
            screen.line(id + " " + RemoteText.text(why, "status") + (detail.isEmpty() ? "" : ": " + detail));
            why.path("blockedBy").forEach(blocker -> screen.line("  " + text(blocker)));
        });
    }

    private static String text(JsonNode blocker) {
        boolean named = NAMED.contains(RemoteText.text(blocker, "gate"));
        String until = RemoteText.time(blocker, "until");
        return RemoteText.text(blocker, "gate")
                + (named ? " " : ": ")
                + RemoteText.text(blocker, "detail")
                + (until.isEmpty() ? "" : (named ? ", opens " : ", until ") + until);
    }
}
