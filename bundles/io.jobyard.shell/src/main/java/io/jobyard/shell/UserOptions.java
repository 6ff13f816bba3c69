// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a command understands that asks something of the host. */
abstract class UserOptions extends Options {

    @Option(
            names = "--as",
            paramLabel = "USER",
            description = "Speak for this user: do what the user's roles allow, and no more.",
            order = 99)
    @Nullable
    String as;
}
