// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import picocli.CommandLine.Parameters;

/** What a command about one queue understands. */
abstract class QueueCommand extends UserCommand {

    @Parameters(index = "0", paramLabel = "QUEUE", description = "The queue's name; it needs no configuration.")
    String queue = "";
}
