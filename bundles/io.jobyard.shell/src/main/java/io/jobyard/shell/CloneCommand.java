// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Submission;
import io.jobyard.views.api.ChangeView.Submitted;

/** Submits a copy of a job. */
final class CloneCommand {

    static final DerivedCommand COMMAND = new DerivedCommand("clone", "")
            .form(Form.of("cloneJob", CloneCommand::print).json("payload", "JSON"));

    private CloneCommand() {}

    static void print(Submitted submitted, Screen screen) {
        Submission submission = submitted.submission();
        screen.line(submission.id() + " " + submission.status().text());
        submitted.warnings().forEach(screen::error);
    }
}
