// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.settings.api.command.CommandFiles;
import io.jobyard.spi.ModelContextServer;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(
        name = "job:mcp",
        description = "Serve the Model Context Protocol on standard input and output, for an agent that starts this"
                + " command. Each job type that the user may submit is a tool. Exits when the input ends.")
final class McpCommand extends UserCommand {

    @Override
    LocalOnly local() {
        return new LocalOnly("let the agent use /mcp of the host's address");
    }

    @Override
    Answer answer(CommandUser user) throws InterruptedException {
        ModelContextServer server = user.host().modelContext();
        try {
            server.serve(
                    user.caller(),
                    user.screen().files().open(CommandFiles.STANDARD_INPUT),
                    user.screen().out());
        } catch (IOException e) {
            throw new UsageException("cannot read the agent's messages: " + e.getMessage());
        }
        return Answer.printed(0);
    }
}
