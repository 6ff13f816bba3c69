// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.PauseTarget;
import io.jobyard.views.api.QueueView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "job:resume", description = "End a pause of jobs.")
final class ResumeCommand extends UserCommand {

    @Mixin
    final PauseOptions options = new PauseOptions();

    @Override
    Answer answer(CommandUser user) {
        PauseTarget target = options.target();
        user.jobs().resume(target);
        return Answer.of(QueueView.RESUMED, target, PauseOptions.subject(target) + " resumed");
    }
}
