// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

/** Changes a queue. */
final class QueueCommand {

    static final DerivedCommand COMMAND = new DerivedCommand(
                    "queue",
                    "Create, change or remove a queue at run time, for all hosts that share the database. The keys"
                            + " are those of etc/io.jobyard.queues-NAME.cfg.")
            .form(DefinitionLines.set("setQueue"))
            .form(DefinitionLines.removed("removeQueue", "its jobs stay in it, without limits"));

    private QueueCommand() {}
}
