// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher.remote;

import io.jobyard.client.JobyardClient;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "cancel", description = "End jobs; one that runs is told to, and ends cancelled.")
final class RemoteCancelCommand extends RemoteCommand {

    @Parameters(arity = "1..*", paramLabel = "ID", description = "The jobs' ids.")
    private List<String> ids = List.of();

    @Override
    int answer(JobyardClient client, RemoteScreen screen) {
        return RemoteChanges.each(ids, json, screen, id -> RemoteChanges.of(id, client.cancel(id)));
    }
}
