// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.client.JobyardClient;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;

@Command(name = "show", description = "Show all there is about one job.")
final class RemoteShowCommand extends RemoteIdCommand {

    private static final int INDENT = 20;
    private static final Set<String> LARGE = Set.of("payload", "result");

    @Override
    int answer(JobyardClient client, RemoteScreen screen) throws IOException {
        JsonNode job = client.get(path(""));
        if (json) {
            screen.json(job);
            return 0;
        }
        for (Map.Entry<String, JsonNode> field : job.properties()) {
            JsonNode value = field.getValue();
            if (value.isNull() || value.isContainerNode() && value.isEmpty()) {
                continue;
            } else if (LARGE.contains(field.getKey())) {
                screen.line(field.getKey());
                screen.lines(pretty(value));
            } else {
                String text = field.getKey().endsWith("At") ? RemoteText.time(job, field.getKey()) : value.asText();
                screen.line(field.getKey()
                        + " ".repeat(Math.max(1, INDENT - field.getKey().length()))
                        + (value.isContainerNode() ? compact(value) : text));
            }
        }
        if (job.path("hidden").asBoolean()) {
            screen.line("payload and result are hidden: permission payload shows them");
        }
        return 0;
    }
}
