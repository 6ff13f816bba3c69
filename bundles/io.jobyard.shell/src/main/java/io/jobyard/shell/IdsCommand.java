// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.util.List;
import picocli.CommandLine.Parameters;

/** What a command about several jobs understands. */
abstract class IdsCommand extends UserCommand {

    @Parameters(arity = "1..*", paramLabel = "ID", description = "The jobs' ids, or their last characters.")
    List<String> ids = List.of();
}
