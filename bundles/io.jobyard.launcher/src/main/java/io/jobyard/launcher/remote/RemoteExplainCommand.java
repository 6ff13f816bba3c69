// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher.remote;

import io.jobyard.client.JobyardClient;
import picocli.CommandLine.Command;

@Command(name = "explain", description = "Say why a job does not run just now.")
final class RemoteExplainCommand extends RemoteIdCommand {

    @Override
    int answer(JobyardClient client, RemoteScreen screen) {
        return print(client.get(path("/explain")), screen, why -> {
            String detail = RemoteText.text(why, "detail");
            screen.line(id + " " + RemoteText.text(why, "status") + (detail.isEmpty() ? "" : ": " + detail));
            RemoteText.blockers(why).forEach(screen::line);
        });
    }
}
