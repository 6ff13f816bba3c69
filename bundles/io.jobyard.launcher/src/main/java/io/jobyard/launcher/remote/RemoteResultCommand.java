// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.client.JobyardClient;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "result", description = "Show what a job came to, and how long its handler took.")
final class RemoteResultCommand extends RemoteIdCommand {

    @Option(names = "--step", paramLabel = "STEP", description = "What this step of it gave; show names the steps.")
    private @Nullable String step;

    @Override
    int answer(JobyardClient client, RemoteScreen screen) throws IOException {
        JsonNode result = client.get(path(
                step == null ? "/result" : "/steps/value?step=" + URLEncoder.encode(step, StandardCharsets.UTF_8)));
        if (json) {
            screen.json(result);
        } else if (step != null) {
            screen.lines(pretty(result.path("value")));
        } else {
            new RemoteEnd(client, screen).print(id, result);
        }
        return 0;
    }
}
