// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import picocli.CommandLine.Parameters;

/** Parameters of a command about one job. */
abstract class IdCommand extends UserCommand {

    @Parameters(index = "0", paramLabel = "ID", description = "Job ID, or its last characters.")
    String id = "";
}
