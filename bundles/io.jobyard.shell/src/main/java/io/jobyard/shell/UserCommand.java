// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Command that requires a user with permissions. */
abstract class UserCommand extends JobCommand {

    @Option(
            names = "--as",
            paramLabel = "USER",
            description = "User to act as, with only that user's permissions.",
            order = 99)
    @Nullable
    String as;

    /** Runs the command for a user. */
    abstract Answer answer(CommandUser user) throws InterruptedException;

    @Override
    final Answer answer(ShellServices host, Screen screen) throws InterruptedException {
        return answer(new CommandUser(host, as, screen));
    }
}
