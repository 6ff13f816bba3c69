// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Parameters of a command about several jobs: ids or, with options of the subclass, a filter. */
abstract class IdsCommand extends UserCommand {

    @Parameters(arity = "0..*", paramLabel = "ID", description = "Job IDs, or their last characters.")
    List<String> ids = List.of();

    @Mixin
    final BulkOptions bulk = new BulkOptions();
}
