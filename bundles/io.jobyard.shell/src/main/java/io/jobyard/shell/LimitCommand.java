// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "job:limit",
        description = "Create, change or remove a limit at run time, for all hosts that share the database. The keys"
                + " are those of etc/io.jobyard.limits-NAME.cfg.",
        customSynopsis = {"job:limit set NAME KEY=VALUE...", "       job:limit remove NAME"})
final class LimitCommand extends UserCommand {

    @Mixin
    final DefinitionOptions options = new DefinitionOptions();

    @Override
    Answer answer(CommandUser user) {
        return options.run(
                "limit",
                user.jobs()::setLimit,
                user.jobs()::removeLimit,
                "jobs that name it wait until it exists again");
    }
}
