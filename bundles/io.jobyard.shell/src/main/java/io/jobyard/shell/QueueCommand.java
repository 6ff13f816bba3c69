// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "job:queue",
        description = "Create, change or remove a queue at run time, for all hosts that share the database. The keys"
                + " are those of etc/io.jobyard.queues-NAME.cfg.",
        customSynopsis = {"job:queue set NAME KEY=VALUE...", "       job:queue remove NAME"})
final class QueueCommand extends UserCommand {

    @Mixin
    final DefinitionOptions options = new DefinitionOptions();

    @Override
    Answer answer(CommandUser user) {
        return options.run(
                "queue", user.jobs()::setQueue, user.jobs()::removeQueue, "its jobs stay in it, without limits");
    }
}
