// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

/** Changes a limit. */
final class LimitCommand {

    static final DerivedCommand COMMAND = new DerivedCommand(
                    "limit",
                    "Create, change or remove a limit at run time, for all hosts that share the database. The keys"
                            + " are those of etc/io.jobyard.limits-NAME.cfg.")
            .form(DefinitionLines.set("setLimit"))
            .form(DefinitionLines.removed("removeLimit", "jobs that name it wait until it exists again"));

    private LimitCommand() {}
}
