// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher.remote;

import io.jobyard.client.JobyardClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "retry",
        description =
                "Give failed or cancelled jobs another life, with all attempts. Steps that are stored are not done again.")
final class RemoteRetryCommand extends RemoteCommand {

    @Parameters(arity = "1..*", paramLabel = "ID", description = "The jobs' ids.")
    private List<String> ids = List.of();

    @Option(
            names = "--with-dependents",
            description =
                    "Also retry the jobs that ended because these ended badly, and those that ended because of them.")
    private boolean withDependents;

    @Option(names = "--from", paramLabel = "STEP", description = "With one id: do this step and all later ones again.")
    private @Nullable String from;

    @Override
    int answer(JobyardClient client, RemoteScreen screen) {
        if (from != null && (withDependents || ids.size() > 1)) {
            throw new RemoteUsageException("--from goes with one id, and without --with-dependents");
        }
        Map<String, Object> body = new LinkedHashMap<>();
        if (from != null) {
            body.put("fromStep", from);
        } else if (withDependents) {
            body.put("withDependents", true);
        }
        return RemoteChanges.each(
                ids, json, screen, id -> client.post(RemoteIdCommand.path(id, "/retry"), body.isEmpty() ? null : body));
    }
}
