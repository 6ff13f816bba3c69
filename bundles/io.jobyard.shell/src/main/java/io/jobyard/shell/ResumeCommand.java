// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.views.api.QueueView;
import picocli.CommandLine.Command;

@Command(name = "job:resume", description = "End the pause of a queue.")
final class ResumeCommand extends QueueCommand {

    @Override
    Answer answer(CommandUser user) {
        user.jobs().resume(queue);
        return Answer.of(QueueView.RESUMED, queue, "queue " + queue + " is resumed");
    }
}
